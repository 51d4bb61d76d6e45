package org.loupe.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExtensionsTest {

    @TempDir
    Path planted;

    @Test
    void schemasAndPluginsSayWhatIsSo() throws IOException {
        List<Sources> bundles = Sources.ofAllBundles();
        long schemas = 0;
        for (Sources bundle : bundles) {
            schemas += Extensions.schemas(bundle).size();
        }
        assertTrue(schemas > 0, "No schema is where this test looks for them: " + bundles);
        assertEquals("", String.join("\n", Extensions.problems(bundles)));
    }

    @Test
    void whatASchemaLeavesOutIsNamed() throws IOException {
        bundle("""
                <schema targetNamespace="org.loupe.core">
                  <annotation><appinfo><meta.schema plugin="org.loupe.other" id="engines" name="Engines"/></appinfo></annotation>
                  <element name="extension">
                    <complexType><attribute name="point" type="string"/></complexType>
                  </element>
                  <element name="engine">
                    <annotation><documentation>[Enter description of this element.]</documentation></annotation>
                    <complexType>
                      <attribute name="class" type="string">
                        <annotation><appinfo><meta.attribute kind="java" basedOn=":org.loupe.core.Engine"/></appinfo></annotation>
                      </attribute>
                    </complexType>
                  </element>
                </schema>
                """, "<plugin/>");
        assertEquals(List.of(
                "org.loupe.core/engines.exsd still has the template's text: [Enter description of this element.]",
                "org.loupe.core/engines.exsd names org.loupe.core.Engine, which does not exist",
                "org.loupe.core/engines.exsd says that it belongs to org.loupe.other",
                "org.loupe.core/engines.exsd is the schema of no extension point of org.loupe.core",
                "org.loupe.core/engines.exsd does not say what the attribute class is for",
                "org.loupe.core/engines.exsd has no example of org.loupe.core.engines"), problems());
    }

    @Test
    void aPluginNamesOnlyWhatExists() throws IOException {
        bundle(null, "<plugin><view class=\"org.loupe.core.View:wide\" icon=\"icons/view.svg\"/></plugin>");
        assertEquals(List.of(
                "org.loupe.core/plugin.xml names org.loupe.core.View, which does not exist",
                "org.loupe.core/plugin.xml names the file icons/view.svg, which does not exist"), problems());
    }

    private List<String> problems() throws IOException {
        return Extensions.problems(Sources.in(planted));
    }

    private void bundle(String schema, String plugin) throws IOException {
        Path folder = Files.createDirectories(planted.resolve("org.loupe.core/META-INF")).getParent();
        Files.writeString(folder.resolve("META-INF/MANIFEST.MF"), "Manifest-Version: 1.0\n");
        Files.writeString(folder.resolve("plugin.xml"), plugin);
        if (schema != null) {
            Files.writeString(Files.createDirectories(folder.resolve("schema")).resolve("engines.exsd"), schema);
        }
    }
}
