package org.loupe.tests;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.loupe.core.Analysis;
import org.loupe.core.Argument;
import org.loupe.core.Batch;
import org.loupe.core.Material;
import org.loupe.core.Observer;
import org.loupe.core.Result;
import org.loupe.core.ResultFiles;
import org.loupe.core.network.Shape;
import org.loupe.core.network.Tap;

/** Another team's analysis: word for word the example in the schema of the extension point. */
public final class DeadChannels implements Analysis<DeadChannels.Arguments, DeadChannels.Found> {

    public record Arguments(
            @Argument(label = "Layer", help = "Name of the layer.") String layer,
            @Argument(label = "Grey", help = "How bright the picture is, from 0 to 1.", standard = "0.5",
                    least = 0, greatest = 1) double grey) {
    }

    public record Found(List<Integer> channels, boolean isPartial) implements Result {
        @Override
        public void save(ResultFiles files) throws IOException {
            files.write("channels.txt", channels.stream().map(String::valueOf)
                    .collect(Collectors.joining("\n")).getBytes(StandardCharsets.UTF_8));
        }
    }

    @Override
    public Class<Arguments> arguments() {
        return Arguments.class;
    }

    @Override
    public Found run(Material material, Arguments arguments, Observer<? super Found> observer) {
        Shape shape = material.network().input().shape();
        Batch picture = Batch.zeros(1, shape.channels(), shape.rows(), shape.columns());
        Arrays.fill(picture.values(), (float) arguments.grey());
        Tap tap = Tap.after(material.network().layer(arguments.layer()).name());
        Batch map = material.session().activations(picture, Set.of(tap)).at(tap);
        List<Integer> silent = new ArrayList<>();
        for (int channel = 0; channel < map.channels(); channel++) {
            if (!observer.report(channel, map.channels(), arguments.layer())) {
                return new Found(silent, true);
            }
            int from = map.offset(0, channel);
            if (IntStream.range(from, from + map.area()).allMatch(i -> map.values()[i] <= 0)) {
                silent.add(channel);
            }
        }
        return new Found(silent, false);
    }

    @Override
    public Found load(ResultFiles files) throws IOException {
        String text = new String(files.read("channels.txt"), StandardCharsets.UTF_8);
        return new Found(text.lines().map(Integer::valueOf).toList(), false);
    }
}
