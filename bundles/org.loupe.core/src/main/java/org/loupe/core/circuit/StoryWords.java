package org.loupe.core.circuit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.loupe.core.Material;
import org.loupe.core.Progress;
import org.loupe.core.Unit;
import org.loupe.core.picture.PictureSet;

/**
 * Which units the words of a story mean. What is not a unit is a class or a part of the pictures, or a stimulus; its channel is
 * chosen by what channels answer, never by weights. Everything that was chosen is remarked.
 */
final class StoryWords {

    private final Material material;
    private final int sample;
    private final Progress progress;
    private final Map<String, Unit> known = new HashMap<>();
    private final List<String> remarks = new ArrayList<>();

    /**
     * @param sample on how many pictures channels are looked for
     */
    StoryWords(Material material, int sample, Progress progress) {
        this.material = material;
        this.sample = sample;
        this.progress = progress;
    }

    /** Whole sentences on what was chosen. */
    List<String> remarks() {
        return List.copyOf(remarks);
    }

    /** A unit, or the unit of a layer that tells a class best, such as {@code mixed4a/circle}; nothing when stopped. */
    Optional<Unit> target(String word) {
        int slash = word.lastIndexOf('/');
        if (word.contains(":") || slash < 1) {
            return Optional.of(named(word));
        }
        String layer = material.network().layer(word.substring(0, slash)).name();
        PictureSet set = material.requirePictures().set();
        String kind = word.substring(slash + 1);
        if (!ClassChannels.isKind(set, kind)) {
            throw new IllegalArgumentException("“" + kind + "” is no class of the pictures of " + set.name()
                    + (set.classes().isEmpty() ? ", which have none." : ". Its classes are " + String.join(", ", set.classes()) + "."));
        }
        return found(kind, Set.of(layer));
    }

    /** The units that words mean; nothing when the progress said to stop. */
    Optional<List<Unit>> units(List<String> words, Set<String> layers) {
        List<Unit> units = new ArrayList<>();
        for (String word : words) {
            Optional<Unit> found = word.contains(":") ? Optional.of(named(word)) : found(word, layers);
            if (found.isEmpty()) {
                return Optional.empty();
            }
            units.add(found.get());
        }
        if (new HashSet<>(units).size() < units.size()) {
            throw new IllegalArgumentException("Of " + String.join(", ", words) + ", two mean the same channel: "
                    + units.stream().map(Unit::toString).toList() + ". Nothing is built from a channel and itself.");
        }
        return Optional.of(units);
    }

    /** Eight units that prefer the directions of a stimulus; nothing when the progress said to stop. */
    Optional<List<Unit>> turning(String stimulus, Set<String> layers) {
        return TurningChannels.eight(material, layers, stimulus, progress).map(found -> {
            remarks.add(found.about());
            return found.units();
        });
    }

    private Unit named(String word) {
        Unit unit = Unit.parse(word).at(Unit.EVERYWHERE);
        material.network().require(unit);
        return unit;
    }

    private Optional<Unit> found(String word, Set<String> layers) {
        String key = word + " " + layers;
        if (known.containsKey(key)) {
            return Optional.of(known.get(key));
        }
        PictureSet set = material.requirePictures().set();
        Optional<Unit> unit = ClassChannels.isKind(set, word)
                ? ClassChannels.best(material.session(), set, layers, word, sample, progress).map(found -> {
                    remarks.add(found.about());
                    return found.unit();
                })
                : PartChannels.best(material.session(), set, layers, word.replace('-', ' '), sample, progress).map(found -> {
                    remarks.add(found.about());
                    return found.unit();
                });
        unit.ifPresent(one -> known.put(key, one));
        return unit;
    }
}
