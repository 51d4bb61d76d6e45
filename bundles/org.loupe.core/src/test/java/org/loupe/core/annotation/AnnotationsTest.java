package org.loupe.core.annotation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.loupe.core.Unit;
import org.loupe.core.annotation.AnnotationText.Read;
import org.loupe.core.annotation.Known.Hit;
import org.loupe.core.network.Input;
import org.loupe.core.network.Layer;
import org.loupe.core.network.Network;
import org.loupe.core.network.Nets;
import org.loupe.core.network.Operation;
import org.loupe.core.network.Operation.Selection;
import org.loupe.core.network.Shape;

class AnnotationsTest {

    private static final Unit DOG = new Unit("mixed4a", 12);
    private static final Unit CAT = new Unit("mixed4a", 3);

    private static Annotations some() {
        return new Edit.Several("", List.of(new Edit.Label(DOG.at(Unit.CENTRE), " Dog  head\n"),
                new Edit.Note(DOG, "One\ttab,\nand a \\n that is none. \"“ü"),
                new Edit.Group("curves", Optional.of(new Family("curves", "curve", "seen by me", List.of(CAT, DOG, CAT))))))
                .apply(Annotations.NONE);
    }

    @Test
    void aLabelIsOneLineAndBelongsToTheWholeChannel() {
        assertEquals(Optional.of("Dog head"), some().label(DOG));
        assertEquals(Optional.of("Dog head"), some().label(DOG.at(new Unit.Position(3, 4))));
        assertEquals(Optional.empty(), some().label(CAT));
    }

    @Test
    void aFamilyHasEachMemberOnceInTheOrderThatWasChosen() {
        assertEquals(List.of(CAT, DOG), some().family("curves").orElseThrow().units());
        Annotations more = Edit.Group.adding(some(), "curves", List.of(DOG, new Unit("mixed4a", 0))).apply(some());
        assertEquals(List.of(CAT, DOG, new Unit("mixed4a", 0)), more.family("curves").orElseThrow().units());
        Annotations fewer = Edit.Group.removing(more, "curves", List.of(CAT)).apply(more);
        assertEquals(List.of(DOG, new Unit("mixed4a", 0)), fewer.family("curves").orElseThrow().units());
    }

    @Test
    void aFileIsTakenInAsOneEditUnlessALineIsDamagedOrOfAnotherNetwork() {
        Network network = Nets.everything();
        Unit unit = new Unit("mixed", 1);
        Annotations now = new Edit.Label(unit, "line").apply(Annotations.NONE);
        AnnotationText.Read read = AnnotationText.read("loupe-annotations\t1\nlabel\tmixed:1\tedge\nfamily\tedges\nmember\tedges\tmixed:1\n");
        Edit.Several edits = read.taking(network, now);
        assertEquals(List.of("Label mixed:1", "Change Family “edges”"), edits.edits().stream().map(Edit::words).toList());
        assertEquals(now, edits.inverse(now).apply(edits.apply(now)));
        assertTrue(read.taking(network, edits.apply(now)).edits().isEmpty(), "it was there already");
        String damaged = assertThrows(IllegalArgumentException.class, () -> AnnotationText.read("loupe-annotations\t1\nlabel\tmixed\tx\n")
                .taking(network, now)).getMessage();
        assertTrue(damaged.contains("Line 2"), damaged);
        String other = assertThrows(IllegalArgumentException.class, () -> AnnotationText.read("loupe-annotations\t1\nlabel\tsnow:1\tx\n")
                .taking(network, now)).getMessage();
        assertTrue(other.contains("another network") && other.contains("snow"), other);
    }

    @Test
    void everyEditCanBeTakenBack() {
        Annotations before = some();
        Family circles = new Family("circles", "circle", "", List.of(CAT));
        for (Edit edit : List.of(new Edit.Label(DOG, "other"), new Edit.Label(DOG, ""), new Edit.Label(CAT, "cat"),
                new Edit.Note(DOG, ""), new Edit.Note(CAT, "new"), new Edit.Group("curves", Optional.empty()),
                new Edit.Group("curves", Optional.of(circles)), new Edit.Group("circles", Optional.of(circles)),
                new Edit.Several("Two", List.of(new Edit.Label(DOG, "a"), new Edit.Label(DOG, "b"))))) {
            Annotations after = edit.apply(before);
            assertTrue(!after.equals(before), edit.words());
            assertEquals(before, edit.inverse(before).apply(after), edit.words());
            assertEquals(after, edit.inverse(before).inverse(after).apply(before), edit.words());
        }
    }

    @Test
    void anEditIsTakenBackAlsoWhenOthersWereMadeSince() {
        Edit edit = new Edit.Label(DOG, "other");
        Annotations since = new Edit.Label(CAT, "cat").apply(edit.apply(some()));
        Annotations back = edit.inverse(some()).apply(since);
        assertEquals(Optional.of("Dog head"), back.label(DOG));
        assertEquals(Optional.of("cat"), back.label(CAT));
    }

    @Test
    void whatIsWrittenIsReadAgain() {
        String text = AnnotationText.write("abc", "demo", some());
        Read read = AnnotationText.read(text);
        assertEquals(List.of(), read.problems());
        assertEquals("abc", read.network());
        assertEquals(some(), read.annotations());
        assertEquals(text, AnnotationText.write("abc", "demo", read.annotations()));
        assertEquals(some(), AnnotationText.read(text.replace("\n", "\r\n")).annotations());
    }

    @Test
    void ofADamagedTextEverythingElseIsRead() {
        String text = AnnotationText.write("abc", "demo", some());
        Read read = AnnotationText.read(text.replace("note\tmixed4a:12", "note\tmixed4a") + "label\tmixed4a:1\nwhat\n");
        assertEquals(3, read.problems().size(), read.problems().toString());
        assertTrue(read.problems().get(0).startsWith("Line 4 cannot be understood: “mixed4a” is not a unit."),
                read.problems().toString());
        assertEquals(Optional.of("Dog head"), read.annotations().label(DOG));
        assertEquals(some().families(), read.annotations().families());
        assertEquals(1, AnnotationText.read("").problems().size());
        for (int cut = 0; cut < text.length(); cut++) {
            AnnotationText.read(text.substring(0, cut));
        }
    }

    @Test
    void takingInOthersJoinsFamiliesAndReplacesLabels() {
        Annotations others = new Edit.Several("", List.of(new Edit.Label(DOG, "poodle"), new Edit.Label(CAT, "cat"),
                new Edit.Group("curves", Optional.of(new Family("curves", "arc", "theirs",
                        List.of(new Unit("mixed4a", 7), DOG)))))).apply(Annotations.NONE);
        Edit.Several taking = Edit.taking(some(), others);
        Annotations joined = taking.apply(some());
        assertEquals(3, taking.edits().size());
        assertEquals(Optional.of("poodle"), joined.label(DOG));
        assertEquals(some().note(DOG), joined.note(DOG));
        assertEquals(new Family("curves", "curve", "seen by me", List.of(CAT, DOG, new Unit("mixed4a", 7))),
                joined.family("curves").orElseThrow());
        assertEquals(List.of(), Edit.taking(joined, others).edits());
    }

    @Test
    void aSearchFindsAllWordsInLabelsFamiliesAndNotesOfThePersonAndOfOthers() {
        Annotations published = new Edit.Label(CAT, "head of a cat").apply(Annotations.NONE);
        Known known = new Known(some(), List.of(new Known.Published("Others", published)));
        assertEquals(List.of(new Hit(DOG, "label", "Dog head", ""), new Hit(CAT, "label", "head of a cat", "Others")),
                known.search(" HEAD "));
        assertEquals(List.of(CAT, DOG), known.search("curve").stream().map(Hit::unit).toList());
        assertEquals(List.of("note"), known.search("none tab").stream().map(Hit::what).toList());
        assertEquals(List.of(), known.search("dog tab"));
        assertEquals(List.of(), known.search("  "));
        assertEquals(Optional.of("head of a cat"), known.label(CAT));
    }

    @Test
    void aFileThatNobodyHasWrittenByHandIsRefusedInASentence(@TempDir Path folder) throws IOException {
        Path gone = folder.resolve("gone.tsv");
        assertEquals("There is no file " + gone + ".", refusal(gone));
        Path pixels = Files.write(folder.resolve("pixels.tsv"), new byte[] {(byte) 0x89, 'P', 'N', 'G', (byte) 0xff});
        assertTrue(refusal(pixels).contains("no text in UTF-8"), refusal(pixels));
        Path huge = folder.resolve("huge.tsv");
        try (RandomAccessFile file = new RandomAccessFile(huge.toFile(), "rw")) {
            file.setLength(3L << 30);
        }
        assertTrue(refusal(huge).contains("has 3072 MB"), refusal(huge));
    }

    private static String refusal(Path file) {
        return assertThrows(IOException.class, () -> AnnotationText.text(file)).getMessage();
    }

    @Test
    void ofManyLinesThatCannotBeUnderstoodAFewAreTold() {
        Read read = AnnotationText.read("a\n".repeat(1000));
        String told = assertThrows(IllegalArgumentException.class,
                () -> read.taking(network(Map.of("one", 1)), Annotations.NONE)).getMessage();
        assertTrue(told.endsWith("995 more lines could not be understood."), told);
        assertTrue(told.length() < 1000, told);
    }

    @Test
    void thePublishedFamiliesAreThoseOfTheNetworkThatTheyAreAbout() {
        Map<String, Integer> channels = new LinkedHashMap<>(Map.of("conv2d0", 64, "conv2d1", 64, "conv2d2", 192,
                "mixed3a", 256, "mixed3b", 480, "mixed4a", 508, "mixed4b", 512, "mixed4c", 512, "mixed4d", 528, "mixed4e",
                832));
        Annotations found = new InceptionV1Families().about(network(channels)).orElseThrow();
        Map<String, Integer> named = new LinkedHashMap<>();
        found.families().values().stream().filter(family -> family.about().startsWith("An Overview of Early Vision"))
                .flatMap(family -> family.units().stream())
                .forEach(unit -> named.merge(unit.layer(), 1, Integer::sum));
        assertEquals(Map.of("conv2d0", 64, "conv2d1", 64, "conv2d2", 192, "mixed3a", 256, "mixed3b", 480), named,
                "each unit of the first five layers is in one family");
        assertEquals(List.of(379, 406, 385, 343, 342, 388, 340, 330, 349, 324), found.family("mixed3b Curves").orElseThrow()
                .units().stream().map(Unit::channel).toList());
        assertTrue(found.families().values().stream().noneMatch(family -> family.about().isBlank()), "a source for each");
        assertTrue(found.units().stream().allMatch(unit -> unit.channel() < channels.get(unit.layer())));
        channels.put("mixed4a", 512);
        assertEquals(Optional.empty(), new InceptionV1Families().about(network(channels)), "torchvision has 512 there");
    }

    private static Network network(Map<String, Integer> channels) {
        List<Operation> operations = new ArrayList<>();
        List<Layer> layers = new ArrayList<>();
        channels.forEach((name, count) -> {
            operations.add(new Selection(name, Network.INPUT, new ArrayList<>(java.util.Collections.nCopies(count, 0))));
            layers.add(new Layer(name, name, name, ""));
        });
        Input input = new Input(new Shape(1, 2, 2), new float[] {0}, new float[] {1});
        return new Network("layers", "", input, operations, layers, List.of());
    }
}
