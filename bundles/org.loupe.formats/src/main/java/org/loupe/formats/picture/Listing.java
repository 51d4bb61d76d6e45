package org.loupe.formats.picture;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.loupe.core.picture.Picture;
import org.loupe.core.picture.Unreadable;

/** Collects what a picture set holds. */
final class Listing {

    private record Found(String name, String label, String place) {
    }

    private final List<Found> found = new ArrayList<>();
    private final Set<String> names = new HashSet<>();
    private final List<Unreadable> unreadable = new ArrayList<>();

    /**
     * Adds a picture.
     *
     * @param name  in the set
     * @param label name of its class, or an empty text
     * @param place where its contents are found
     */
    void add(String name, String label, String place) {
        if (names.add(name)) {
            found.add(new Found(name, label, place));
        } else {
            refuse(name, "There are two of this name; the first is taken.");
        }
    }

    /** Adds something that cannot be a picture of the set. */
    void refuse(String name, String reason) {
        unreadable.add(new Unreadable(name, reason));
    }

    /** Puts all in the order of their names, by the numbers of their letters, which is the same everywhere. */
    void sort() {
        found.sort(Comparator.comparing(Found::name));
        unreadable.sort(Comparator.comparing(Unreadable::name));
    }

    /** Takes the first folder of each name for its class, where there is one. */
    void labelByFolder() {
        found.replaceAll(one -> new Found(one.name(), firstFolder(one.name()), one.place()));
    }

    /** Takes a folder away from the front of all names when all have it and have more folders behind it. */
    void dropCommonFolder() {
        Set<String> first = new HashSet<>();
        boolean isDeeper = false;
        for (Found one : found) {
            first.add(firstFolder(one.name()));
            isDeeper |= one.name().indexOf('/') != one.name().lastIndexOf('/');
        }
        if (first.size() == 1 && !first.contains("") && isDeeper) {
            int length = first.iterator().next().length() + 1;
            found.replaceAll(one -> new Found(one.name().substring(length), one.label(), one.place()));
        }
    }

    private static String firstFolder(String name) {
        return name.contains("/") ? name.substring(0, name.indexOf('/')) : "";
    }

    /** The set of all that was added. */
    FilePictureSet set(String name, Contents contents, Decoder decoder, Limits limits) {
        Set<String> labels = new TreeSet<>(Listing::compare);
        found.stream().map(Found::label).filter(label -> !label.isEmpty()).forEach(labels::add);
        List<String> classes = List.copyOf(labels);
        Map<String, Integer> indexes = new HashMap<>();
        classes.forEach(label -> indexes.put(label, indexes.size()));
        List<Picture> pictures = found.stream()
                .map(one -> new Picture(one.name(), indexes.getOrDefault(one.label(), Picture.NO_LABEL))).toList();
        return new FilePictureSet(name, pictures, found.stream().map(Found::place).toList(), classes,
                List.copyOf(unreadable), contents, decoder, limits);
    }

    /** Whole numbers by their size and before all else, the rest by the numbers of their letters. */
    private static int compare(String one, String other) {
        boolean isNumber = one.matches("\\d{1,9}");
        boolean isOtherNumber = other.matches("\\d{1,9}");
        if (isNumber && isOtherNumber && Integer.parseInt(one) != Integer.parseInt(other)) {
            return Integer.compare(Integer.parseInt(one), Integer.parseInt(other));
        }
        return isNumber != isOtherNumber ? Boolean.compare(isOtherNumber, isNumber) : one.compareTo(other);
    }
}
