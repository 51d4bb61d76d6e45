package org.loupe.cli;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.loupe.core.engine.Profile;
import org.loupe.core.engine.Profile.Kind;
import org.loupe.core.engine.Profile.Part;
import org.loupe.core.network.Network;
import org.loupe.core.network.Operation;
import org.loupe.core.network.Operation.Convolution;

/**
 * Which convolutions are far from the peak, what that costs, and why.
 *
 * @param peak multiplications in a second
 */
record Shortfall(Network network, Profile profile, double peak) {

    /** What less of the peak is explained. */
    private static final double ENOUGH = 0.8;

    /** Milliseconds below which starting a part takes a good share of it. */
    private static final double SHORT = 0.15;

    /** Channels that lie next to each other. */
    private static final int BLOCK = 16;

    /** 1x1 convolutions of fewer channels read longer than they multiply. */
    private static final int FEW = 48;

    /** A line for each convolution that is below 80 % of the peak; those that cost most come first. */
    List<String> lines() {
        List<Part> far = new ArrayList<>(profile.parts().stream()
                .filter(part -> part.multiplications() > 0 && share(part) < ENOUGH).toList());
        far.sort(Comparator.comparingDouble(this::missing).reversed());
        if (far.isEmpty()) {
            return List.of("every convolution is above 80 % of the peak");
        }
        List<String> lines = new ArrayList<>(List.of("below 80 % of the peak, and what each takes longer than at the peak:"));
        int width = far.stream().mapToInt(part -> part.name().length()).max().orElse(0);
        for (Part part : far) {
            lines.add(String.format(Locale.ROOT, "%-" + width + "s %9.3f ms %5.1f %%  %s", part.name(), missing(part),
                    100 * share(part), why(part)).stripTrailing());
        }
        return lines;
    }

    private double share(Part part) {
        return part.multiplications() / part.milliseconds() * 1e3 / peak;
    }

    /** Milliseconds that it takes longer than at the peak. */
    private double missing(Part part) {
        return part.milliseconds() * (1 - share(part));
    }

    private String why(Part part) {
        if (part.kind() == Kind.REFERENCE) {
            return "the library has nothing but its reference code for it";
        }
        Optional<Convolution> found = convolution(part);
        List<String> reasons = new ArrayList<>();
        found.ifPresent(convolution -> reasons.addAll(reasons(convolution, part.backward())));
        if (part.milliseconds() < SHORT) {
            reasons.add("so short that starting it counts");
        }
        return String.join("; ", reasons);
    }

    private static List<String> reasons(Convolution convolution, boolean backward) {
        int[] shape = convolution.weights().shape();
        int made = shape[0];
        int read = shape[1];
        boolean steps = convolution.window().rowStep() > 1 || convolution.window().columnStep() > 1;
        // Phases lie beside each other as channels.
        int lanes = backward && steps ? read * convolution.window().rowStep() * convolution.window().columnStep() : read;
        List<String> reasons = new ArrayList<>();
        if (convolution.groups() > 1) {
            reasons.add("groups of " + read + (read == 1 ? " channel read" : " channels read") + " longer than they multiply");
        } else if (lanes < BLOCK) {
            reasons.add(lanes + " channels do not fill a block of " + BLOCK);
        }
        if (backward && steps) {
            reasons.add("steps go back by phases, which multiply " + phased(shape[2], convolution.window().rowStep())
                    * phased(shape[3], convolution.window().columnStep()) + " taps where " + shape[2] * shape[3] + " count");
        }
        if (shape[2] == 1 && shape[3] == 1 && Math.min(made, read * convolution.groups()) <= FEW) {
            reasons.add("1x1 between " + read * convolution.groups() + " and " + made + " channels reads as long as it multiplies");
        }
        return reasons;
    }

    private static int phased(int window, int step) {
        return (window + step - 1) / step * step;
    }

    /** The convolution that a part's name begins with. */
    private Optional<Convolution> convolution(Part part) {
        return network.operations().stream().filter(operation -> isNamed(part, operation))
                .filter(Convolution.class::isInstance).map(Convolution.class::cast)
                .max(Comparator.comparingInt(operation -> operation.name().length()));
    }

    private static boolean isNamed(Part part, Operation operation) {
        return part.name().equals(operation.name()) || part.name().startsWith(operation.name() + " ");
    }
}
