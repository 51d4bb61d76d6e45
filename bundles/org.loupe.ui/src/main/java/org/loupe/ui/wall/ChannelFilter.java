package org.loupe.ui.wall;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.loupe.ui.jobs.Picture;
import org.loupe.ui.jobs.Picture.Stage;

/**
 * Which channels a person wants to see: those that fit any of several terms, such as {@code 70-80}, {@code 71},
 * {@code dead}, {@code partial}, {@code missing}, {@code failed}, or a part of the channel's label, family or note.
 */
final class ChannelFilter {

    /** Lets everything through. */
    static final ChannelFilter ALL = new ChannelFilter(List.of());

    private static final Pattern RANGE = Pattern.compile("(\\d{1,9})(?:\\s*[-–]\\s*(\\d{1,9}))?");
    private static final Pattern TERM = Pattern.compile("\\d+\\s*[-–]\\s*\\d+|[^\\s,;]+");

    /** One of the things that a channel may fit. */
    private interface Term {
        boolean fits(int channel, String label, Picture picture);
    }

    private final List<Term> terms;

    private ChannelFilter(List<Term> terms) {
        this.terms = List.copyOf(terms);
    }

    /** Reads what a person has typed: terms with spaces or commas between them. */
    static ChannelFilter parse(String text) {
        List<Term> terms = new ArrayList<>();
        Matcher matcher = TERM.matcher(text.toLowerCase(Locale.ROOT));
        while (matcher.find()) {
            terms.add(term(matcher.group()));
        }
        return new ChannelFilter(terms);
    }

    private static Term term(String text) {
        Matcher range = RANGE.matcher(text);
        if (range.matches()) {
            int one = Integer.parseInt(range.group(1));
            int other = range.group(2) == null ? one : Integer.parseInt(range.group(2));
            return (channel, label, picture) ->
                    channel >= Math.min(one, other) && channel <= Math.max(one, other);
        }
        return switch (text) {
            case "dead" -> (channel, label, picture) -> picture.isDead();
            case "partial" -> (channel, label, picture) -> picture.stage() == Stage.PARTIAL;
            case "missing" -> (channel, label, picture) -> picture.stage() == Stage.MISSING;
            case "failed" -> (channel, label, picture) -> picture.stage() == Stage.FAILED;
            default -> (channel, label, picture) -> label.toLowerCase(Locale.ROOT).contains(text);
        };
    }

    /** Whether nothing was typed. */
    boolean isEmpty() {
        return terms.isEmpty();
    }

    /** Whether a channel is to be shown. */
    boolean fits(int channel, String label, Picture picture) {
        return terms.isEmpty() || terms.stream().anyMatch(term -> term.fits(channel, label, picture));
    }
}
