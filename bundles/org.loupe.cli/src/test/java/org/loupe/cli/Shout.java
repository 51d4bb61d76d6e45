package org.loupe.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.loupe.core.Analysis;
import org.loupe.core.Argument;
import org.loupe.core.Material;
import org.loupe.core.Observer;
import org.loupe.core.Result;
import org.loupe.core.ResultFiles;

/** Another team's analysis, whose command nobody wrote. */
public final class Shout implements Analysis<Shout.Arguments, Shout.Cry> {

    /** What can be chosen. */
    public record Arguments(
            @Argument(label = "Layer", help = "Which layer.") String layerName,
            @Argument(label = "Loud", help = "Whether to shout.", standard = "true") boolean loud) {
    }

    /** What was said. */
    public record Cry(String text, boolean isPartial) implements Result {
        @Override
        public void save(ResultFiles files) throws IOException {
            files.write("cry.txt", text.getBytes(StandardCharsets.UTF_8));
        }
    }

    @Override
    public Class<Arguments> arguments() {
        return Arguments.class;
    }

    @Override
    public Cry run(Material material, Arguments arguments, Observer<? super Cry> observer) {
        String name = material.network().layer(arguments.layerName()).name();
        return new Cry(arguments.loud() ? name.toUpperCase(Locale.ROOT) : name, false);
    }

    @Override
    public Cry load(ResultFiles files) throws IOException {
        return new Cry(new String(files.read("cry.txt"), StandardCharsets.UTF_8), false);
    }
}
