package org.loupe.cli;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.loupe.core.engine.Profile;
import org.loupe.core.engine.Profile.Kind;
import org.loupe.core.engine.Profile.Part;
import org.loupe.core.engine.Session;

/**
 * What a benchmark has found.
 *
 * @param benchmark what was timed
 * @param peak      multiplications in a second of the engine's fastest convolutions here
 */
record BenchReport(Benchmark benchmark, Stopwatch.Times forward, Stopwatch.Times gradient, Benchmark.Steps steps,
        Optional<Benchmark.Together> together, Optional<Profile> profile, double peak) {

    /** So many steps go before those that count: Java compiles while it runs, and a picture has hundreds of steps. */
    private static final int WARM_STEPS = 100;

    private static final String ROW = "%-28s %9s %19s %9s %9s %9s %6s";

    /** Times all there is to time. */
    static BenchReport of(Benchmark benchmark, int rounds, int sessions, double peak) {
        benchmark.forward(rounds);
        Stopwatch.Times forward = benchmark.forward(rounds);
        benchmark.gradient(rounds);
        Stopwatch.Times gradient = benchmark.gradient(rounds);
        benchmark.steps(Math.min(WARM_STEPS, 5 * rounds));
        Benchmark.Steps steps = benchmark.steps(rounds);
        Optional<Benchmark.Together> together = sessions == 1 ? Optional.empty()
                : Optional.of(benchmark.together(sessions, rounds));
        return new BenchReport(benchmark, forward, gradient, steps, together, benchmark.profile(rounds), peak);
    }

    /** What all reports of a session share. */
    static List<String> heading(Session session, double peak) {
        double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        List<String> lines = new ArrayList<>(List.of(session.network().name() + " on " + session.engine().name() + ": " + session.engine().description(),
                Runtime.getRuntime().availableProcessors() + " processors, load " + number(load, 1) + ", Java "
                        + Runtime.version().feature()));
        int processors = Runtime.getRuntime().availableProcessors();
        if (load > processors) {
            lines.add("other programs have work for " + number(load, 0) + " processors, and there are " + processors
                    + ": look at CPU ms; what takes some milliseconds without a pause was interrupted");
        }
        if (peak > 0) {
            lines.add("peak: " + number(2 * peak / 1e9, 1) + " GFLOP/s, the fastest of some large convolutions");
        }
        return lines;
    }

    /** As a person reads it. */
    List<String> lines(boolean withLayers) {
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add("to " + benchmark.to() + ", " + benchmark.images() + (benchmark.images() == 1 ? " picture" : " pictures")
                + " of " + benchmark.size() + "x" + benchmark.size());
        lines.add(row("", "ms", "quartiles", "CPU ms", "images/s", "GFLOP/s", "peak"));
        long all = profile.map(Profile::multiplications).orElse(0L);
        long there = profile.map(BenchReport::forwardMultiplications).orElse(0L);
        lines.add(row("forward", forward, there));
        lines.add(row("forward and gradient", gradient, all));
        lines.add(row("step of visualize", steps.whole(), 0));
        lines.add(row("  of it the network", steps.network(), 0));
        lines.add("  ours: " + number(ours(), 2) + " ms, " + percent(ours() / steps.whole().median()));
        together.ifPresent(found -> lines.add(found.sessions() + " sessions at once, forward and gradient: "
                + number(found.perSecond(), 1) + " images/s" + (found.processor().isPresent()
                        ? ", CPU " + number(found.processor().getAsDouble(), 2) + " ms each time" : "")));
        profile.ifPresentOrElse(found -> {
            lines.addAll(split(found));
            if (withLayers) {
                lines.addAll(table(found));
            }
        }, () -> lines.add("This engine does not tell where its time goes."));
        Runtime runtime = Runtime.getRuntime();
        lines.add("memory: " + profile.map(found -> number(found.bytes() / 1e6, 0) + " MB of arrays, ").orElse("")
                + number((runtime.totalMemory() - runtime.freeMemory()) / 1e6, 0) + " MB of Java heap in use");
        return lines;
    }

    /** Milliseconds of a step that are not the network's. */
    private double ours() {
        return steps.whole().median() - steps.network().median();
    }

    private static long forwardMultiplications(Profile profile) {
        return profile.parts().stream().filter(part -> !part.backward()).mapToLong(Part::multiplications).sum();
    }

    private List<String> split(Profile found) {
        double convolutions = found.parts().stream().filter(part -> part.multiplications() > 0)
                .mapToDouble(Part::milliseconds).sum();
        double sum = found.milliseconds(false) + found.milliseconds(true);
        List<String> lines = new ArrayList<>(List.of("",
                "of the fastest " + number(found.milliseconds(), 2) + " ms: forward " + number(found.milliseconds(false), 2)
                        + ", backward " + number(found.milliseconds(true), 2) + ", numbers in and out "
                        + number(found.milliseconds() - sum, 2),
                "convolutions: " + number(convolutions, 2) + " ms, "
                        + percent(found.multiplications() / convolutions * 1e3 / peak) + " of the peak"));
        List<Part> slow = found.parts().stream().filter(part -> part.kind() != Kind.FAST).toList();
        if (slow.isEmpty()) {
            lines.add("nothing runs in plain Java or in reference code");
        }
        for (Kind kind : List.of(Kind.JAVA, Kind.REFERENCE)) {
            List<Part> those = slow.stream().filter(part -> part.kind() == kind).toList();
            if (!those.isEmpty()) {
                double cost = those.stream().mapToDouble(Part::milliseconds).sum();
                lines.add((kind == Kind.JAVA ? "in plain Java: " : "in oneDNN's reference code: ") + number(cost, 2) + " ms, "
                        + percent(cost / found.milliseconds()) + ": "
                        + String.join(", ", those.stream().map(Part::name).distinct().toList()));
            }
        }
        return lines;
    }

    private List<String> table(Profile found) {
        int width = found.parts().stream().mapToInt(part -> part.name().length()).max().orElse(0);
        String format = "%-" + width + "s %9s %6s %9s %9s %6s  %s";
        List<String> lines = new ArrayList<>();
        for (boolean backward : new boolean[] {false, true}) {
            lines.add("");
            lines.add(String.format(Locale.ROOT, format, backward ? "backward" : "forward", "ms", "share", "MFLOP", "GFLOP/s",
                    "peak", "how").stripTrailing());
            for (Part part : found.parts()) {
                if (part.backward() == backward) {
                    double speed = part.multiplications() / part.milliseconds() * 1e3;
                    boolean counts = part.multiplications() > 0;
                    lines.add(String.format(Locale.ROOT, format, part.name(), number(part.milliseconds(), 3),
                            percent(part.milliseconds() / found.milliseconds()),
                            counts ? number(2 * part.multiplications() / 1e6, 1) : "",
                            counts ? number(2 * speed / 1e9, 1) : "", counts ? percent(speed / peak) : "", part.how()));
                }
            }
        }
        lines.add("");
        if (peak > 0) {
            lines.addAll(new Shortfall(benchmark.session().network(), found, peak).lines());
            lines.add("");
        }
        return lines;
    }

    private String row(String what, Stopwatch.Times times, long multiplications) {
        double speed = multiplications / times.median() * 1e3;
        return row(what, number(times.median(), 2), number(times.quantile(0.25), 2) + " to " + number(times.quantile(0.75), 2),
                times.processor().isPresent() ? number(times.processor().getAsDouble(), 2) : "",
                number(benchmark.images() / times.median() * 1e3, 1), multiplications > 0 ? number(2 * speed / 1e9, 1) : "",
                multiplications > 0 ? percent(speed / peak) : "");
    }

    private static String row(Object... cells) {
        return String.format(Locale.ROOT, ROW, cells).stripTrailing();
    }

    private static String number(double number, int digits) {
        return String.format(Locale.ROOT, "%." + digits + "f", number);
    }

    private static String percent(double share) {
        return number(100 * share, 1) + " %";
    }

    /** As a program reads it. */
    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        Session session = benchmark.session();
        json.put("network", session.network().name());
        json.put("engine", session.engine().name());
        json.put("description", session.engine().description());
        json.put("to", benchmark.to());
        json.put("images", benchmark.images());
        json.put("size", benchmark.size());
        json.put("peak", peak);
        json.put("forward", times(forward));
        json.put("gradient", times(gradient));
        json.put("step", times(steps.whole()));
        json.put("networkOfStep", times(steps.network()));
        together.ifPresent(found -> {
            Map<String, Object> at = new LinkedHashMap<>();
            at.put("sessions", found.sessions());
            at.put("imagesPerSecond", found.perSecond());
            found.processor().ifPresent(milliseconds -> at.put("cpu", milliseconds));
            json.put("together", at);
        });
        profile.ifPresent(found -> json.put("profile", found));
        return json;
    }

    private static Map<String, Object> times(Stopwatch.Times times) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("median", times.median());
        json.put("quartiles", List.of(times.quantile(0.25), times.quantile(0.75)));
        times.processor().ifPresent(milliseconds -> json.put("cpu", milliseconds));
        return json;
    }
}
