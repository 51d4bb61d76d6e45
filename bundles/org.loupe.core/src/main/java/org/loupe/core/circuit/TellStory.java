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

/**
 * Whether the weights of a unit tell a story about where it wants other units to be, such as windows above and wheels below,
 * held against other channels in their place and other units: the built-in analysis {@code story}.
 */
public final class TellStory implements Analysis<TellStory.Arguments, ToldStory> {

    /** What can be chosen. */
    public record Arguments(
            @Argument(label = "Unit", help = "The unit that is explained, such as mixed4b:12; or the one of a layer"
                    + " that tells a class of the pictures best, such as mixed4a/circle.") List<String> units,
            @Argument(label = "Above", help = "Units below it that excite it from above and inhibit it from below, separated by"
                    + " spaces; or parts such as window, or classes such as dog or dog+facing=left, whose best channel is looked for"
                    + " on the pictures.") String above,
            @Argument(label = "Below", help = "The same from below.") String below,
            @Argument(label = "Left", help = "The same from the left.") String left,
            @Argument(label = "Right", help = "The same from the right.") String right,
            @Argument(label = "Ring", help = "Units that each excite it on their side of a ring, the first on the right, the others"
                    + " evenly further on, clockwise; or curve, whose channels are found by turning one.") String ring,
            @Argument(label = "Any", help = "Units of which each excites it.") String any,
            @Argument(label = "Apart", help = "Units of one layer that want and shun opposite things, such as one that faces left"
                    + " and one that faces right.") String apart,
            @Argument(label = "Looked", help = "How many stories like this were looked at before this one was chosen: chances are"
                    + " multiplied by it.", standard = "1", least = 1, greatest = 1000000) int looked,
            @Argument(label = "Sample", help = "On how many pictures channels for parts and classes are looked for.", standard = "300",
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
        return arguments.units.stream().anyMatch(one -> !one.contains(":"))
                || arguments.texts().stream().filter(text -> !(text.equals(arguments.ring) && isStimulus(text)))
                        .flatMap(text -> words(text).stream()).anyMatch(word -> !word.contains(":"));
    }

    @Override
    public ToldStory run(Material material, Arguments arguments, Observer<? super ToldStory> observer) {
        Network network = material.network();
        if (arguments.units.size() != 1) {
            throw new IllegalArgumentException("A story is about one unit, such as mixed4b:12; these are "
                    + arguments.units.size() + ".");
        }
        StoryWords words = new StoryWords(material, arguments.sample, (done, total, what) -> observer.report(done, total, what));
        Optional<Unit> found = words.target(arguments.units.get(0));
        if (found.isEmpty()) {
            return stopped(network, Unit.parse(network.layers().get(0).name() + ":0"), arguments, words);
        }
        Unit target = found.get();
        StoryChances test = new StoryChances(network, target, arguments.draws, arguments.seed);
        List<Claim> claims = new ArrayList<>();
        Place[] places = {Place.ABOVE, Place.BELOW, Place.LEFT, Place.RIGHT, Place.RING, Place.ANY, Place.APART};
        for (int i = 0; i < places.length; i++) {
            String text = arguments.texts().get(i);
            Optional<List<Unit>> units = places[i] == Place.RING && isStimulus(text) ? words.turning(text.strip(), test.readLayers())
                    : words.units(words(text), test.readLayers());
            if (units.isEmpty()) {
                return stopped(network, target, arguments, words);
            }
            if (!units.get().isEmpty()) {
                claims.add(test.claim(places[i], units.get()));
            }
        }
        if (claims.isEmpty()) {
            throw new IllegalArgumentException("Say what the unit is built from, such as --above mixed4a:3 --below mixed4a:7.");
        }
        return test.tell(claims, arguments.looked, words.remarks());
    }

    private static ToldStory stopped(Network network, Unit target, Arguments arguments, StoryWords words) {
        return new ToldStory(network.name(), target, List.of(), Double.NaN, Double.NaN, Double.NaN, 0, arguments.looked,
                words.remarks(), true);
    }

    /** Whether the ring is one of a stimulus instead of units. */
    private static boolean isStimulus(String ring) {
        return words(ring).size() == 1 && !ring.contains(":");
    }

    private static List<String> words(String text) {
        return Arrays.stream(text.strip().split("[\\s,]+")).filter(word -> !word.isEmpty()).toList();
    }

    @Override
    public ToldStory load(ResultFiles files) throws IOException {
        return ToldStory.load(files);
    }
}
