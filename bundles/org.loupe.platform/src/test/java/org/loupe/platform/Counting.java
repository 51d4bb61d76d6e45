package org.loupe.platform;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.loupe.core.Analysis;
import org.loupe.core.Argument;
import org.loupe.core.Material;
import org.loupe.core.Observer;
import org.loupe.core.Result;
import org.loupe.core.ResultFiles;

/** An analysis that counts, and that counts how often it was asked. */
public final class Counting implements Analysis<Counting.Arguments, Counting.Count> {

    final AtomicInteger runs = new AtomicInteger();
    final AtomicInteger atOnce = new AtomicInteger();
    final AtomicInteger mostAtOnce = new AtomicInteger();

    /** How far to count, and what to call it. */
    public record Arguments(
            @Argument(label = "What", help = "What is counted.") String what,
            @Argument(label = "Steps", help = "How far to count.", standard = "3", least = 0) int steps) {
    }

    /** How far it came. */
    public record Count(int steps, boolean isPartial) implements Result {
        @Override
        public void save(ResultFiles files) throws IOException {
            if (steps == 13) {
                throw new IOException("No space left on device");
            }
            files.write("count.txt", (steps + " " + isPartial).getBytes(StandardCharsets.UTF_8));
        }
    }

    @Override
    public Class<Arguments> arguments() {
        return Arguments.class;
    }

    @Override
    public Count run(Material material, Arguments arguments, Observer<? super Count> observer) {
        runs.incrementAndGet();
        mostAtOnce.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
        try {
            for (int step = 0; step < arguments.steps(); step++) {
                if (!observer.report(step, arguments.steps(), "counting")) {
                    return new Count(step, true);
                }
                if (observer.wantsSnapshot()) {
                    observer.snapshot(new Count(step, true));
                }
            }
            return new Count(arguments.steps(), false);
        } finally {
            atOnce.decrementAndGet();
        }
    }

    @Override
    public Count load(ResultFiles files) throws IOException {
        String[] words = new String(files.read("count.txt"), StandardCharsets.UTF_8).split(" ");
        return new Count(Integer.parseInt(words[0]), Boolean.parseBoolean(words[1]));
    }
}
