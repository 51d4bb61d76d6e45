package org.loupe.core.facet;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.loupe.core.scan.ChannelScan;
import org.loupe.core.scan.Example;

/** Which of a channel's pictures stand for what excites it. */
final class ChosenExamples {

    private static final int LEAST = 24;

    private ChosenExamples() {
    }

    /** The strongest ones; none that does not excite the channel at all. */
    static List<Example> strongest(ChannelScan channel, int most) {
        return channel.strongest(picture -> true, most).stream().filter(example -> example.value() > 0).toList();
    }

    /**
     * Examples spread evenly over all pictures that excite the channel at least by a share of the most it is excited, so that
     * what excites it less than something else is among them, too; where these are fewer than two dozen, the two dozen
     * strongest.
     *
     * @param share from 0 to 1
     */
    static List<Example> spread(ChannelScan channel, int most, double share) {
        List<Example> all = strongest(channel, Integer.MAX_VALUE);
        if (all.isEmpty()) {
            return all;
        }
        double bound = share * all.get(0).value();
        long strong = all.stream().filter(example -> example.value() >= bound).count();
        List<Example> candidates = all.subList(0, (int) Math.min(all.size(), Math.max(strong, LEAST)));
        int count = Math.min(most, candidates.size());
        return IntStream.range(0, count)
                .mapToObj(i -> candidates.get((int) ((long) i * candidates.size() / count)))
                .sorted(Comparator.comparingDouble(Example::value).reversed().thenComparingInt(Example::picture)).toList();
    }
}
