package org.loupe.tests;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The source of a bundle, as it lies in the checkout.
 *
 * @param folder the bundle's folder, named as the bundle
 */
record Sources(Path folder) {

    private static final Pattern COMMENTS_AND_STRINGS = Pattern.compile(
            "//[^\\n]*|/\\*.*?\\*/|\"\"\".*?\"\"\"|\"(?:\\\\.|[^\"\\\\\\n])*\"", Pattern.DOTALL);
    private static final Pattern TYPE = Pattern.compile(
            "(?<![\\w.])((?:java|javax|jakarta|org|com|net|io|info|dev)(?:\\.[a-z_][a-z0-9_]*)+|picocli)\\.(?=[A-Z*])");

    /** The bundles of this checkout. Tests run in the folder of their own bundle, which lies beside the others. */
    static List<Sources> ofAllBundles() throws IOException {
        return in(Path.of("..").toRealPath());
    }

    /** The bundles that lie in a folder. */
    static List<Sources> in(Path bundles) throws IOException {
        try (Stream<Path> folders = Files.list(bundles)) {
            return folders.filter(folder -> Files.exists(folder.resolve("META-INF/MANIFEST.MF"))).sorted()
                    .map(Sources::new).toList();
        }
    }

    String bundle() {
        return folder.getFileName().toString();
    }

    /** Names of the bundles and packages that the manifest asks for, without versions and directives. */
    List<String> manifestNeeds() throws IOException {
        List<String> names = new ArrayList<>();
        try (InputStream in = Files.newInputStream(folder.resolve("META-INF/MANIFEST.MF"))) {
            Attributes manifest = new Manifest(in).getMainAttributes();
            for (String header : List.of("Require-Bundle", "Import-Package", "Fragment-Host")) {
                String value = manifest.getValue(header);
                if (value != null) {
                    for (String clause : value.replaceAll("\"[^\"]*\"", "").split(",")) {
                        names.add(clause.split(";")[0].trim());
                    }
                }
            }
        }
        return names;
    }

    /** The Java files below src/main/java. */
    List<Path> javaFiles() throws IOException {
        Path root = folder.resolve("src/main/java");
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.toString().endsWith(".java")).sorted().toList();
        }
    }

    /** Packages of the types that a Java file names in full, in its imports or anywhere in its code. */
    static Set<String> packagesNamed(Path javaFile) throws IOException {
        String code = COMMENTS_AND_STRINGS.matcher(Files.readString(javaFile)).replaceAll(" ");
        Set<String> packages = new TreeSet<>();
        TYPE.matcher(code).results().map((MatchResult match) -> match.group(1)).forEach(packages::add);
        return packages;
    }

    /** The package that a Java file of this bundle lies in. */
    String packageOf(Path javaFile) {
        return folder.resolve("src/main/java").relativize(javaFile.getParent()).toString().replace('/', '.');
    }

    /** Whether a class or interface of that name is among this bundle's sources. */
    boolean declares(String type) {
        String topLevel = type.contains("$") ? type.substring(0, type.indexOf('$')) : type;
        return Files.exists(folder.resolve("src/main/java/" + topLevel.replace('.', '/') + ".java"));
    }
}
