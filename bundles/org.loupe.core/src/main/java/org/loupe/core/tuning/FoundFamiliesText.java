package org.loupe.core.tuning;

import java.util.Locale;

/** The families of a layer, each with its members, and beside them what unrelated units bring forth. */
final class FoundFamiliesText {

    private FoundFamiliesText() {
    }

    static String text(FoundFamilies found) {
        StringBuilder text = new StringBuilder();
        for (FoundFamilies.Search search : found.searches()) {
            long families = found.families().stream().filter(family -> family.kinship() == search.kinship()).count();
            text.append(String.format(Locale.ROOT, "%s: %s of %s; %d units compared. Of unrelated units, some pair is alike"
                    + " by %.1f standard deviations or more in one of 20 of %d draws.%n", search.kinship().label(),
                    families == 0 ? "no family" : families == 1 ? "1 family" : families + " families", found.layer(),
                    search.looked(), search.control(), search.draws()));
            if (families == 0 && search.closest().first() >= 0) {
                FoundFamilies.Closest closest = search.closest();
                text.append(String.format(Locale.ROOT, "  closest: %s:%d and %d%s, similarity %.3f, %.1f standard deviations,"
                        + " chance %.2g%n", found.layer(), closest.first(), closest.second(),
                        search.kinship() == Kinship.MIRROR ? ""
                                : String.format(Locale.ROOT, " at %.3g%s", closest.by(), search.kinship().unit()),
                        closest.similarity(), closest.excess(), closest.chance()));
                text.append(weights("    ", closest.weights(), closest.weightsChance()));
            }
            found.families().stream().filter(family -> family.kinship() == search.kinship())
                    .forEach(family -> text.append(line(found.layer(), family)));
        }
        return text.toString();
    }

    private static String line(String layer, UnitFamily family) {
        StringBuilder text = new StringBuilder(String.format(Locale.ROOT, "  %d members, chance %.3g:",
                family.members().size(), family.chance()));
        for (UnitFamily.Member member : family.members()) {
            text.append(' ').append(layer).append(':').append(member.channel());
            if (family.kinship() != Kinship.MIRROR) {
                text.append(String.format(Locale.ROOT, " %.3g%s", member.by(), family.kinship().unit()));
            }
            text.append(String.format(Locale.ROOT, Double.isNaN(member.weights()) ? " (%.3f)" : " (%.3f, weights %.3f)",
                    member.similarity(), member.weights()));
        }
        return text.append(System.lineSeparator()).append(weights("    ", family.weights(), family.weightsChance())).toString();
    }

    /** What the weights say, as a line; empty where they do not tell. */
    private static String weights(String indent, double cosine, double chance) {
        return Double.isNaN(cosine) ? "" : indent + sentence(cosine, chance) + System.lineSeparator();
    }

    /** What the weights say, as a sentence. */
    static String sentence(double cosine, double chance) {
        return String.format(Locale.ROOT, "by weights: moved, and given to the counterparts of what is read, they are alike by"
                + " %.3f", cosine) + (Double.isNaN(chance) ? "; too few channels are read to hold that against chance"
                : String.format(Locale.ROOT, "; chance among kernels given to other channels %.3g", chance));
    }
}
