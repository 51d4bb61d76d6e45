package org.loupe.tests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Which bundle may use what, and who does not keep to it. */
final class Layering {

    private static final String CORE = "org.loupe.core";
    private static final String PLATFORM = "org.loupe.platform";

    /** Packages and bundles, each with all that lies below it, besides a bundle's own packages and the JDK. */
    private static final Map<String, Set<String>> MAY_USE = Map.ofEntries(
            Map.entry(CORE, Set.of()),
            Map.entry("org.loupe.demo", Set.of(CORE)),
            Map.entry("org.loupe.engine.onednn", Set.of(CORE, "org.bytedeco", "com.sun.jna")),
            Map.entry("org.loupe.engine.nd4j", Set.of(CORE, "org.nd4j", "org.deeplearning4j", "org.bytedeco")),
            Map.entry("org.loupe.formats", Set.of(CORE, "com.google.gson", "com.google.protobuf", "io.jhdf", "com.twelvemonkeys")),
            Map.entry("org.loupe.store", Set.of(CORE, "com.google.gson")),
            Map.entry(PLATFORM, Set.of(CORE, "org.loupe.store", "org.eclipse.core", "org.eclipse.equinox", "org.osgi")),
            Map.entry("org.loupe.cli", Set.of(CORE, "org.loupe.store", PLATFORM, "picocli", "com.google.gson",
                    "org.eclipse.core", "org.eclipse.equinox", "org.osgi")),
            Map.entry("org.loupe.ui", Set.of(CORE, "org.loupe.store", PLATFORM, "org.eclipse", "org.osgi")),
            Map.entry("org.loupe.ui.circuits", Set.of(CORE, "org.loupe.store", PLATFORM, "org.loupe.ui", "org.eclipse", "org.osgi")),
            Map.entry("org.loupe.rcp", Set.of(CORE, "org.loupe.store", PLATFORM, "org.loupe.ui", "org.eclipse", "org.osgi",
                    "jakarta.annotation")),
            Map.entry("org.loupe.help", Set.of()));

    /** Parts of the JDK that core does without. */
    private static final Set<String> DESKTOP = Set.of("java.awt", "javax.swing", "javax.imageio");

    private static final Pattern VIEW = Pattern.compile("<view\\b[^>]*\\bclass=\"([\\w.]+)\\.\\w+\"");

    private Layering() {
    }

    /** One sentence for each bundle or class that uses what it must not. */
    static List<String> violations(List<Sources> bundles) throws IOException {
        List<String> found = new ArrayList<>();
        for (Sources bundle : bundles) {
            String name = bundle.bundle();
            if (name.endsWith(".tests") || !name.startsWith("org.loupe.") || isNativeFragment(name)) {
                continue;
            }
            if (!MAY_USE.containsKey(name)) {
                found.add(name + " is in no layer: say in Layering what it may use");
                continue;
            }
            for (String needed : bundle.manifestNeeds()) {
                if (!mayUse(name, needed)) {
                    found.add("The manifest of " + name + " must not ask for " + needed);
                }
            }
            Set<String> views = viewPackages(bundle);
            for (Path file : bundle.javaFiles()) {
                for (String used : Sources.packagesNamed(file)) {
                    if (!mayUse(name, used) || betweenViews(views, bundle.packageOf(file), used)) {
                        found.add(bundle.packageOf(file) + '.' + file.getFileName() + " must not use " + used);
                    }
                }
            }
        }
        return found;
    }

    /** Fragments with native libraries have their host's layer and no code. */
    private static boolean isNativeFragment(String bundle) {
        return bundle.matches(".*\\.(linux|windows|macosx)\\.\\w+");
    }

    private static boolean mayUse(String bundle, String used) {
        if (isIn(used, Set.of("java", "javax", "org.w3c.dom", "org.xml.sax", "sun.misc"))) {
            return !(bundle.equals(CORE) && isIn(used, DESKTOP));
        }
        return isIn(used, Set.of(bundle)) && belongsTo(bundle, used) || isIn(used, MAY_USE.get(bundle));
    }

    /** Whether a package is the bundle's own, and not one of a bundle whose name goes on where this one's ends. */
    private static boolean belongsTo(String bundle, String used) {
        return MAY_USE.keySet().stream().noneMatch(
                other -> other.length() > bundle.length() && isIn(used, Set.of(other)));
    }

    private static boolean isIn(String used, Set<String> allowed) {
        return allowed.stream().anyMatch(prefix -> used.equals(prefix) || used.startsWith(prefix + '.'));
    }

    /** Packages of the views that a bundle contributes; they meet in the selection service only. */
    private static Set<String> viewPackages(Sources bundle) throws IOException {
        Path plugin = bundle.folder().resolve("plugin.xml");
        if (!Files.exists(plugin)) {
            return Set.of();
        }
        return VIEW.matcher(Files.readString(plugin)).results().map((MatchResult match) -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static boolean betweenViews(Set<String> views, String from, String to) {
        return views.contains(from) && views.contains(to) && !from.equals(to);
    }
}
