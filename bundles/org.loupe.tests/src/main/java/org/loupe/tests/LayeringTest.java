package org.loupe.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LayeringTest {

    @TempDir
    Path planted;

    @Test
    void everyBundleKeepsToItsLayer() throws IOException {
        List<Sources> bundles = Sources.ofAllBundles();
        assertTrue(bundles.stream().anyMatch(bundle -> bundle.bundle().equals("org.loupe.core")),
                "The sources are not where this test looks for them: " + bundles);
        assertEquals("", String.join("\n", Layering.violations(bundles)));
    }

    @Test
    void coreMustNotAskForEclipse() throws IOException {
        bundle("org.loupe.core", "Require-Bundle: org.eclipse.core.runtime;bundle-version=\"[3,4)\"");
        assertEquals(List.of("The manifest of org.loupe.core must not ask for org.eclipse.core.runtime"), violations());
    }

    @Test
    void coreMustNotDraw() throws IOException {
        bundle("org.loupe.core", "", "package org.loupe.core;\nimport java.awt.Color;\nimport java.util.List;\n");
        assertEquals(List.of("org.loupe.core.File.java must not use java.awt"), violations());
    }

    @Test
    void onlyTheEnginesMayUseTensors() throws IOException {
        bundle("org.loupe.engine.nd4j", "", "package org.loupe.engine.nd4j;\nimport org.nd4j.linalg.factory.Nd4j;\n");
        bundle("org.loupe.store", "", "package org.loupe.store;\nclass File { org.nd4j.linalg.factory.Nd4j tensors; }\n");
        assertEquals(List.of("org.loupe.store.File.java must not use org.nd4j.linalg.factory"), violations());
    }

    @Test
    void theCommandLineMustRunWithoutADisplay() throws IOException {
        bundle("org.loupe.cli", "Import-Package: org.eclipse.swt.widgets, org.eclipse.core.runtime");
        assertEquals(List.of("The manifest of org.loupe.cli must not ask for org.eclipse.swt.widgets"), violations());
    }

    @Test
    void nobodyMayUseTheProduct() throws IOException {
        bundle("org.loupe.ui", "Require-Bundle: org.loupe.rcp,org.loupe.platform");
        assertEquals(List.of("The manifest of org.loupe.ui must not ask for org.loupe.rcp"), violations());
    }

    @Test
    void viewsMeetInTheSelectionOnly() throws IOException {
        bundle("org.loupe.ui", "", "package org.loupe.ui.wall;\nimport org.loupe.ui.unit.UnitView;\n");
        Files.writeString(planted.resolve("org.loupe.ui/plugin.xml"), """
                <plugin>
                  <view id="wall" class="org.loupe.ui.wall.WallView"/>
                  <view class="org.loupe.ui.unit.UnitView" id="unit"/>
                </plugin>
                """);
        assertEquals(List.of("org.loupe.ui.wall.File.java must not use org.loupe.ui.unit"), violations());
    }

    @Test
    void commentsAndTextMayNameAnything() throws IOException {
        bundle("org.loupe.core", "", "package org.loupe.core;\n/** As org.nd4j.Nd4j. */ class File { String s = \"org.nd4j.Nd4j\"; }\n");
        assertEquals(List.of(), violations());
    }

    @Test
    void aNewBundleMustBeGivenALayer() throws IOException {
        bundle("org.loupe.other", "");
        assertEquals(List.of("org.loupe.other is in no layer: say in Layering what it may use"), violations());
    }

    private List<String> violations() throws IOException {
        return Layering.violations(Sources.in(planted));
    }

    private void bundle(String name, String header, String... sources) throws IOException {
        Path folder = planted.resolve(name);
        Files.createDirectories(folder.resolve("META-INF"));
        Files.writeString(folder.resolve("META-INF/MANIFEST.MF"),
                "Manifest-Version: 1.0\nBundle-SymbolicName: " + name + '\n' + (header.isEmpty() ? "" : header + '\n'));
        for (String source : sources) {
            String folderOfPackage = source.substring("package ".length(), source.indexOf(';')).replace('.', '/');
            Path sourceFolder = Files.createDirectories(folder.resolve("src/main/java").resolve(folderOfPackage));
            Files.writeString(sourceFolder.resolve("File.java"), source);
        }
    }
}
