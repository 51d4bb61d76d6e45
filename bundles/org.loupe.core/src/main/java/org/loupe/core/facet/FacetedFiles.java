package org.loupe.core.facet;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.loupe.core.Npy;
import org.loupe.core.ResultFiles;
import org.loupe.core.Unit;
import org.loupe.core.factor.GroupChoice;
import org.loupe.core.image.Png;
import org.loupe.core.scan.Example;
import org.loupe.core.scan.Groups;

/** Keeps facets; the files are described in {@code docs/study.md}. */
final class FacetedFiles {

    private static final String FACTS = "facets.tsv";

    private FacetedFiles() {
    }

    static void save(Faceted faceted, ResultFiles files) throws IOException {
        Lines text = new Lines();
        text.line("facets", faceted.network(), faceted.set(), faceted.unit(), faceted.below(), faceted.isPartial(),
                faceted.apart());
        for (GroupChoice.Tried one : faceted.tried()) {
            text.line("tried", one.count(), one.strength(), one.spread(), one.cloud(), one.excess(), one.chance());
        }
        for (int i = 0; i < faceted.facets().size(); i++) {
            Facet facet = faceted.facets().get(i);
            text.line("facet", facet.shown(), facet.picture().map(Facet.Made::objective).orElse(""),
                    facet.picture().map(Facet.Made::activation).orElse(0.0));
            facet.classes().forEach(share -> text.line("class", share.name(), share.share()));
            facet.inputs().forEach(input -> text.line("input", input.unit(), input.value(), input.elsewhere()));
            facet.readers().forEach(input -> text.line("reader", input.unit(), input.value(), input.elsewhere()));
            facet.examples().forEach(one -> text.line("example", one.picture(), one.row(), one.column(), one.value()));
            files.write("crops-" + i + ".npy", Npy.write(facet.crops()));
            if (facet.picture().isPresent()) {
                Facet.Made made = facet.picture().get();
                files.write("facet-" + i + ".npy", Npy.write(made.pixels()));
                files.write("facet-" + i + ".png", Png.write(made.pixels(), 0, Map.of("Title", made.objective())));
            }
        }
        files.write(FACTS, text.bytes());
        files.write("report.txt", faceted.text().getBytes(StandardCharsets.UTF_8));
    }

    static Faceted load(ResultFiles files) throws IOException {
        List<String[]> lines = Lines.read(files, FACTS, "facets");
        try {
            String[] first = lines.get(0);
            List<GroupChoice.Tried> tried = new ArrayList<>();
            List<Facet> facets = new ArrayList<>();
            int next = 1;
            for (; next < lines.size() && lines.get(next)[0].equals("tried"); next++) {
                String[] cells = lines.get(next);
                tried.add(new GroupChoice.Tried(Integer.parseInt(cells[1]), Lines.number(cells[2]), Lines.number(cells[3]),
                        Lines.number(cells[4]), Lines.number(cells[5]), Lines.number(cells[6])));
            }
            while (next < lines.size()) {
                int from = next++;
                while (next < lines.size() && !lines.get(next)[0].equals("facet")) {
                    next++;
                }
                facets.add(facet(files, facets.size(), lines.subList(from, next)));
            }
            return new Faceted(first[1], first[2], Unit.parse(first[3]), first[4], facets, tried,
                    Lines.number(first[6]), Boolean.parseBoolean(first[5]));
        } catch (IllegalArgumentException | IndexOutOfBoundsException damaged) {
            throw new IOException(FACTS + " is damaged: " + damaged.getMessage(), damaged);
        }
    }

    private static Facet facet(ResultFiles files, int index, List<String[]> lines) throws IOException {
        List<Groups.Share> classes = new ArrayList<>();
        List<Facet.Input> inputs = new ArrayList<>();
        List<Facet.Input> readers = new ArrayList<>();
        List<Example> examples = new ArrayList<>();
        for (String[] cells : lines.subList(1, lines.size())) {
            switch (cells[0]) {
                case "class" -> classes.add(new Groups.Share(cells[1], Lines.number(cells[2])));
                case "input" -> inputs.add(input(cells));
                case "reader" -> readers.add(input(cells));
                case "example" -> examples.add(new Example(Integer.parseInt(cells[1]), Integer.parseInt(cells[2]),
                        Integer.parseInt(cells[3]), Float.parseFloat(cells[4])));
                default -> throw new IllegalArgumentException("there is a line “" + cells[0] + "”");
            }
        }
        String[] head = lines.get(0);
        Optional<Facet.Made> made = head[2].isEmpty() ? Optional.empty()
                : Optional.of(new Facet.Made(Npy.read(files.read("facet-" + index + ".npy")), head[2], Lines.number(head[3])));
        return new Facet(examples, Integer.parseInt(head[1]), Npy.read(files.read("crops-" + index + ".npy")), classes, inputs,
                readers, made);
    }

    private static Facet.Input input(String[] cells) {
        return new Facet.Input(Unit.parse(cells[1]), Lines.number(cells[2]), Lines.number(cells[3]));
    }
}
