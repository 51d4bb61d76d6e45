package org.loupe.core.annotation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.loupe.core.Unit;

/**
 * A change of what is written about a network. An edit touches only what it names, so it can be undone after others
 * have been made elsewhere.
 */
public sealed interface Edit {

    /** What is written afterwards. */
    Annotations apply(Annotations before);

    /**
     * The edit that takes this one back.
     *
     * @param before what was written when this one was made
     */
    Edit inverse(Annotations before);

    /** What it does, for the menu entry that takes it back, such as “Label mixed4a:12”. */
    String words();

    /** Gives a unit a label, or takes it away where the text is blank. A label is one line. */
    record Label(Unit unit, String text) implements Edit {
        public Label {
            text = text.strip().replaceAll("\\s+", " ");
        }

        @Override
        public Annotations apply(Annotations before) {
            return before.labelled(unit, text);
        }

        @Override
        public Edit inverse(Annotations before) {
            return new Label(unit, before.label(unit).orElse(""));
        }

        @Override
        public String words() {
            return (text.isEmpty() ? "Remove Label of " : "Label ") + unit.at(Unit.EVERYWHERE);
        }
    }

    /** Writes a note about a unit, in place of the one that there is, or takes it away where the text is blank. */
    record Note(Unit unit, String text) implements Edit {
        @Override
        public Annotations apply(Annotations before) {
            return before.noted(unit, text);
        }

        @Override
        public Edit inverse(Annotations before) {
            return new Note(unit, before.note(unit).orElse(""));
        }

        @Override
        public String words() {
            return "Note on " + unit.at(Unit.EVERYWHERE);
        }
    }

    /**
     * Puts a family in the place of the one of a name, which may be none.
     *
     * @param name   of the family that was there
     * @param family which may have another name; nothing to remove what was there
     */
    record Group(String name, Optional<Family> family) implements Edit {
        public Group {
            name = name.strip();
        }

        /** Adds units to a family, which is made when there is none of that name. */
        public static Group adding(Annotations now, String family, List<Unit> units) {
            return new Group(family, Optional.of(now.family(family).orElse(Family.named(family)).with(units)));
        }

        /** Takes units out of a family; one without members stays until it is removed. */
        public static Group removing(Annotations now, String family, List<Unit> units) {
            return new Group(family, now.family(family).map(known -> known.without(units)));
        }

        @Override
        public Annotations apply(Annotations before) {
            return before.grouped(name, family);
        }

        @Override
        public Edit inverse(Annotations before) {
            if (family.isEmpty() || family.get().name().equals(name)) {
                return new Group(name, before.family(name));
            }
            String other = family.get().name();
            return new Several(words(), List.of(new Group(other, before.family(other)),
                    new Group(name, before.family(name))));
        }

        @Override
        public String words() {
            return family.isEmpty() ? "Remove Family “" + name + "”" : "Change Family “" + family.get().name() + "”";
        }
    }

    /** Several edits that a person sees as one, in order. */
    record Several(String words, List<Edit> edits) implements Edit {
        public Several {
            edits = List.copyOf(edits);
        }

        @Override
        public Annotations apply(Annotations before) {
            Annotations now = before;
            for (Edit edit : edits) {
                now = edit.apply(now);
            }
            return now;
        }

        @Override
        public Edit inverse(Annotations before) {
            List<Edit> back = new ArrayList<>();
            Annotations now = before;
            for (Edit edit : edits) {
                back.add(0, edit.inverse(now));
                now = edit.apply(now);
            }
            return new Several(words, back);
        }
    }

    /**
     * Takes in what others have written: their labels and notes replace those on the same units, their families are
     * joined with those of the same name. The edits that change nothing are left out.
     */
    static Several taking(Annotations now, Annotations others) {
        List<Edit> edits = new ArrayList<>();
        others.labels().forEach((unit, text) -> edits.add(new Label(unit, text)));
        others.notes().forEach((unit, text) -> edits.add(new Note(unit, text)));
        for (String name : new TreeSet<>(others.families().keySet())) {
            Family theirs = others.families().get(name);
            Family mine = now.family(name).orElse(theirs);
            edits.add(new Group(name, Optional.of(new Family(name, mine.kind().isEmpty() ? theirs.kind() : mine.kind(),
                    mine.about().isEmpty() ? theirs.about() : mine.about(), mine.with(theirs.units()).units()))));
        }
        edits.removeIf(edit -> edit.apply(now).equals(now));
        return new Several("Import Annotations", edits);
    }
}
