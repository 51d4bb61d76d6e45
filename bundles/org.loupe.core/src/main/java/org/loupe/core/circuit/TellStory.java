package org.loupe.core.circuit;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.loupe.core.Analysis;
import org.loupe.core.Argument;
import org.loupe.core.Material;
import org.loupe.core.Observer;
import org.loupe.core.ResultFiles;
import org.loupe.core.Unit;
import org.loupe.core.circuit.ToldStory.Claim;
import org.loupe.core.circuit.ToldStory.Place;
import org.loupe.core.network.Network;
import org.loupe.core.picture.PictureSet;

/**
 * Whether the weights of a unit tell a story about where it wants other units to be, such as windows above and wheels below,
 * held against other channels in their place and other units: the built-in analysis {@code story}.
 */
public final class TellStory implements Analysis<TellStory.Arguments, ToldStory> {

    /** What can be chosen. */
    public record Arguments(
            @Argument(label = "Unit", help = "The unit that is explained, such as mixed4b:12.") List<String> units,
            @Argument(label = "Above", help = "Units below it that excite it from above and inhibit it from below, separated by"
                    + " spaces; or parts such as window, whose best channel is looked for on the pictures.") String above,
            @Argument(label = "Below", help = "The same from below.") String below,
            @Argument(label = "Left", help = "The same from the left.") String left,
            @Argument(label = "Right", help = "The same from the right.") String right,
            @Argument(label = "Ring", help = "Units that each excite it on their side of a ring, the first on the right, the others"
                    + " evenly further on, clockwise.") String ring,
            @Argument(label = "Any", help = "Units of which each excites it.") String any,
            @Argument(label = "Apart", help = "Units of one layer that want and shun opposite things, such as one that faces left"
                    + " and one that faces right.") String apart,
            @Argument(label = "Looked", help = "How many stories like this were looked at before this one was chosen: chances are"
                    + " multiplied by it.", standard = "1", least = 1, greatest = 1000000) int looked,
            @Argument(label = "Sample", help = "On how many pictures channels for parts are looked for.", standard = "300",
                    least = 10, greatest = 5000) int sample,
            @Argument(label = "Draws", help = "How often other channels are drawn.", standard = "1999", least = 99,
                    greatest = 1000000) int draws,
            @Argument(label = "Seed", help = "Decides which channels are drawn.", standard = "0") long seed) {

        private List<String> texts() {
            return List.of(above, below, left, right, ring, any, apart);
        }
    }

    @Override
    public Class<Arguments> arguments() {
        return Arguments.class;
    }

    @Override
    public boolean takesPictures() {
        return true;
    }

    @Override
    public boolean needsPictures(Arguments arguments) {
        return arguments.texts().stream().flatMap(text -> words(text).stream()).anyMatch(word -> !word.contains(":"));
    }

    @Override
    public ToldStory run(Material material, Arguments arguments, Observer<? super ToldStory> observer) {
        Network network = material.network();
        if (arguments.units.size() != 1) {
            throw new IllegalArgumentException("A story is about one unit, such as mixed4b:12; these are "
                    + arguments.units.size() + ".");
        }
        Unit target = Unit.parse(arguments.units.get(0)).at(Unit.EVERYWHERE);
        network.require(target);
        StoryChances test = new StoryChances(network, target, arguments.draws, arguments.seed);
        List<String> remarks = new ArrayList<>();
        List<Claim> claims = new ArrayList<>();
        Place[] places = {Place.ABOVE, Place.BELOW, Place.LEFT, Place.RIGHT, Place.RING, Place.ANY, Place.APART};
        for (int i = 0; i < places.length; i++) {
            List<Unit> units = new ArrayList<>();
            for (String word : words(arguments.texts().get(i))) {
                Optional<Unit> found = unit(material, test, word, arguments, remarks, observer);
                if (found.isEmpty()) {
                    return new ToldStory(network.name(), target, List.of(), Double.NaN, Double.NaN, Double.NaN, 0, arguments.looked,
                            remarks, true);
                }
                units.add(found.get());
            }
            if (!units.isEmpty()) {
                claims.add(test.claim(places[i], units));
            }
        }
        if (claims.isEmpty()) {
            throw new IllegalArgumentException("Say what the unit is built from, such as --above mixed4a:3 --below mixed4a:7.");
        }
        return test.tell(claims, arguments.looked, remarks);
    }

    private static List<String> words(String text) {
        return Arrays.stream(text.strip().split("[\\s,]+")).filter(word -> !word.isEmpty()).toList();
    }

    private static Optional<Unit> unit(Material material, StoryChances test, String word, Arguments arguments, List<String> remarks,
            Observer<? super ToldStory> observer) {
        if (word.contains(":")) {
            Unit unit = Unit.parse(word).at(Unit.EVERYWHERE);
            material.network().require(unit);
            return Optional.of(unit);
        }
        PictureSet set = material.requirePictures().set();
        return PartChannels.best(material.session(), set, test.readLayers(), word.replace('-', ' '), arguments.sample, observer)
                .map(found -> {
                    remarks.add(found.about());
                    return found.unit();
                });
    }

    @Override
    public ToldStory load(ResultFiles files) throws IOException {
        return ToldStory.load(files);
    }
}
