package org.loupe.ui.unit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.core.runtime.ContributorFactorySimple;
import org.eclipse.core.runtime.IExtensionRegistry;
import org.eclipse.core.runtime.RegistryFactory;
import org.eclipse.core.runtime.spi.RegistryStrategy;
import org.eclipse.swt.widgets.Composite;
import org.junit.jupiter.api.Test;
import org.loupe.ui.UnitInNetwork;
import org.loupe.ui.results.UnitPage;
import org.loupe.ui.results.UnitSection;
import org.loupe.ui.unit.UnitSections.Contributed;

class UnitSectionsTest {

    private final List<String> log = new ArrayList<>();

    @Test
    void sectionsComeInTheirOrder() {
        List<Contributed> made = sections("""
                <section id="com.acme.last" title="Last" order="300.5" class="org.loupe.ui.unit.UnitSectionsTest$Silent"/>
                <section id="com.acme.first" title="First" order="-1" open="false"
                      class="org.loupe.ui.unit.UnitSectionsTest$Silent"/>
                <section id="com.acme.middle" title="Middle" order="20" class="org.loupe.ui.unit.UnitSectionsTest$Silent"/>
                """).make();
        assertEquals(List.of("First", "Middle", "Last"), made.stream().map(Contributed::title).toList());
        assertEquals(List.of(false, true, true), made.stream().map(Contributed::open).toList());
        assertEquals(List.of(), log);
    }

    @Test
    void whatIsBrokenIsNamedWithItsPluginAndOnlyItIsLeftOut() {
        List<Contributed> made = sections("""
                <section id="com.acme.gone" title="Gone" order="1" class="com.acme.Gone"/>
                <section id="com.acme.other" title="Other" order="2" class="java.lang.Object"/>
                <section id="com.acme.nowhere" title="Nowhere" order="top" class="org.loupe.ui.unit.UnitSectionsTest$Silent"/>
                <section id="com.acme.good" title="Good" order="4" class="org.loupe.ui.unit.UnitSectionsTest$Silent"/>
                <section id="com.acme.good" title="Twice" order="5" class="org.loupe.ui.unit.UnitSectionsTest$Silent"/>
                """).make();
        assertEquals(List.of("Good"), made.stream().map(Contributed::title).toList());
        assertEquals(4, log.size(), log.toString());
        assertTrue(log.get(0).contains("com.acme.gone of the Unit view, from the plug-in com.acme"), log.get(0));
        assertTrue(log.get(2).contains("its order is no number: top"), log.get(2));
    }

    @Test
    void aSectionThatFailsIsTold() {
        UnitSections sections = sections("<section id=\"com.acme.good\" title=\"Good\" order=\"4\""
                + " class=\"org.loupe.ui.unit.UnitSectionsTest$Silent\"/>");
        Contributed good = sections.make().get(0);
        assertTrue(sections.run(good, section -> section.show(null)));
        assertFalse(sections.run(good, section -> {
            throw new IllegalStateException("no weights");
        }));
        assertTrue(log.get(0).endsWith("cannot be used: no weights"), log.toString());
    }

    private UnitSections sections(String contributed) {
        IExtensionRegistry registry = RegistryFactory.createRegistry(new RegistryStrategy(null, null), null, null);
        add(registry, "org.loupe.ui", "<extension-point id=\"unitSections\" name=\"Sections\"/>");
        add(registry, "com.acme", "<extension point=\"" + UnitSections.POINT + "\">" + contributed + "</extension>");
        return new UnitSections(registry, (message, cause) -> log.add(message));
    }

    private static void add(IExtensionRegistry registry, String plugin, String content) {
        byte[] xml = ("<plugin>" + content + "</plugin>").getBytes(StandardCharsets.UTF_8);
        assertTrue(registry.addContribution(new ByteArrayInputStream(xml),
                ContributorFactorySimple.createContributor(plugin), false, plugin, null, null));
    }

    /** Says nothing. */
    public static final class Silent implements UnitSection {
        @Override
        public void create(Composite parent, UnitPage page) {
            throw new AssertionError("No window is there to make it in");
        }

        @Override
        public void show(UnitInNetwork unit) {
            // There is nothing to say.
        }
    }
}
