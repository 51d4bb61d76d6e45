package org.loupe.demo.planted;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.loupe.core.Material;
import org.loupe.core.Observer;
import org.loupe.core.ResultFiles;
import org.loupe.core.Unit;
import org.loupe.core.engine.ReferenceEngine;
import org.loupe.core.engine.Session;
import org.loupe.core.facet.Facet;
import org.loupe.core.facet.Faceted;
import org.loupe.core.facet.FindFacets;
import org.loupe.core.facet.Judge;
import org.loupe.core.facet.Judged;
import org.loupe.core.facet.Triage;
import org.loupe.core.facet.Triaged;
import org.loupe.core.network.NetworkException;
import org.loupe.core.objective.Objectives;
import org.loupe.core.picture.Fitting;
import org.loupe.core.scan.Scan;
import org.loupe.core.scan.Scanned;
import org.loupe.core.stimulus.Families;
import org.loupe.demo.pictures.PartPictureSet;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PlantedFacetsTest {

    private static final Observer<Faceted> GO_ON = (done, total, what) -> true;

    private final PlantedNetwork planted = PlantedNetwork.parts();
    private final PartPictureSet pictures = new PartPictureSet(8);
    private Session session;
    private Scanned scanned;

    @BeforeAll
    void scan(@TempDir Path folder) {
        session = new ReferenceEngine().open(planted.network());
        scanned = new Scan().run(new Material(session, Optional.of(new Material.Pictures(pictures, folder))),
                new Scan.Arguments(List.of("p3", "p4"), 100, Fitting.COVER, false), (done, total, what) -> true);
    }

    @AfterAll
    void close() {
        session.close();
    }

    private static FindFacets.Arguments about(Unit unit, int steps) {
        return new FindFacets.Arguments(List.of(unit.toString()), 40, .4, FindFacets.By.CONTRIBUTIONS, "", 4, steps, 1,
                Fitting.COVER, 0);
    }

    private Faceted facets(FindFacets.Arguments arguments, Observer<? super Faceted> observer) {
        return new FindFacets().run(new Material(session, Optional.of(new Material.Pictures(pictures, null)),
                Families.builtIn(), Objectives.builtIn(), (tap, fitting) -> Optional.of(scanned)), arguments, observer);
    }

    /** What carries the facets of a channel, as the planted names of the inputs that contribute most. */
    private Set<String> carriers(Faceted faceted) {
        return faceted.facets().stream().map(facet -> planted.channelNames().get("p2")
                .get(facet.inputs().get(0).unit().channel())).collect(Collectors.toSet());
    }

    @Test
    void aChannelOfTwoUnrelatedThingsHasAFacetOfEach() {
        Faceted cats = facets(about(planted.unit("p3", "cat face or wheel"), 0), GO_ON);
        assertEquals(Set.of("cat face", "wheel"), carriers(cats));
        assertEquals(Set.of("cat", "car"), cats.facets().stream().map(facet -> facet.classes().get(0).name())
                .collect(Collectors.toSet()));
        Faceted heads = facets(about(planted.unit("p3", "head right or windows"), 0), GO_ON);
        assertEquals(Set.of("head right", "windows"), carriers(heads));
        assertTrue(heads.apart() > .9 && heads.text().contains("unrelated things"), heads.text());
    }

    @Test
    void aChannelOfOneThingHasOneFacet() {
        Faceted right = facets(about(planted.unit("p3", "head and neck right"), 0), GO_ON);
        assertEquals(1, right.facets().size(), right.text());
        assertEquals("head right", planted.channelNames().get("p2").get(right.facets().get(0).inputs().get(0).unit().channel()));
        assertEquals(planted.unit("p4", "dog"), right.facets().get(0).readers().get(0).unit());
    }

    @Test
    void thePlantedChannelsOfTwoThingsAreCalledSoAndNoOtherOfTheirLayer() throws IOException {
        Material material = new Material(session, Optional.of(new Material.Pictures(pictures, null)), Families.builtIn(),
                Objectives.builtIn(), (tap, fitting) -> Optional.of(scanned));
        Judge.Arguments arguments = new Judge.Arguments(List.of("p3"), 40, 40, false, Fitting.COVER, 0);
        Judged judged = new Judge().run(material, arguments, (done, total, what) -> true);
        System.out.println(judged.text());
        Set<Unit> several = judged.units().stream().filter(Judged.Verdict::isSeveral).map(Judged.Verdict::unit)
                .collect(Collectors.toSet());
        assertEquals(Set.of(planted.unit("p3", "cat face or wheel"), planted.unit("p3", "head right or windows")), several);
        for (Judged.Verdict verdict : judged.units()) {
            assertTrue(!verdict.isTwoGroups() || several.contains(verdict.unit()), verdict.toString());
        }
        Files files = new Files();
        judged.save(files);
        assertEquals(judged, new Judge().load(files));
        assertEquals(1, judged.sheets().size());
        files.contents.put("polysemantic.tsv", "other".getBytes());
        assertThrows(IOException.class, () -> new Judge().load(files));
    }

    @Test
    void theSameUnitsAreJudgedWithRandomWeights(@TempDir Path folder) {
        Material material = new Material(session, Optional.of(new Material.Pictures(new PartPictureSet(2), folder)));
        Judged judged = new Judge().run(material, new Judge.Arguments(List.of("p4"), 12, 12, true, Fitting.COVER, 0),
                (done, total, what) -> true);
        assertEquals(judged.units().stream().map(Judged.Verdict::unit).toList(),
                judged.random().stream().map(Judged.Verdict::unit).toList());
        assertEquals(4, judged.random().size());
        assertFalse(judged.random().equals(judged.units()));
    }

    @Test
    void onePageTellsWhetherAUnitIsSeveralThings() throws IOException {
        Material material = new Material(session, Optional.of(new Material.Pictures(pictures, null)), Families.builtIn(),
                Objectives.builtIn(), (tap, fitting) -> Optional.of(scanned));
        Triage.Arguments arguments = new Triage.Arguments(List.of("p3:5"), 2, .4, "none", Fitting.COVER, 0);
        Triaged triaged = new Triage().run(material, arguments, (done, total, what) -> true);
        assertTrue(triaged.verdict().contains("several things"), triaged.verdict());
        assertEquals(1, triaged.sheets().size());
        Files files = new Files();
        triaged.save(files);
        assertEquals(triaged, new Triage().load(files));
        assertTrue(new Triage().run(material, arguments, (done, total, what) -> false).isPartial());
    }

    @Test
    void stoppingTheJudgeKeepsWhatItHas() {
        Material material = new Material(session, Optional.of(new Material.Pictures(pictures, null)), Families.builtIn(),
                Objectives.builtIn(), (tap, fitting) -> Optional.of(scanned));
        Judged stopped = new Judge().run(material, new Judge.Arguments(List.of("p3"), 40, 40, true, Fitting.COVER, 0),
                (done, total, what) -> !(what.startsWith("Grouping") && done == 2));
        assertTrue(stopped.isPartial());
        assertEquals(2, stopped.units().size());
        assertTrue(stopped.text().contains("Stopped"), stopped.text());
    }

    @Test
    void theLayerBelowMayBeNamedIfAllPathsPassIt() {
        FindFacets.Arguments usual = about(new Unit("p4", 0), 0);
        FindFacets.Arguments deeper = new FindFacets.Arguments(usual.units(), 40, .4, usual.by(), "p2", 4, 0, 1,
                usual.fitting(), 0);
        assertEquals("p2", facets(deeper, GO_ON).below());
        FindFacets.Arguments above = new FindFacets.Arguments(List.of("p2:0"), 40, .4, usual.by(), "p3", 4, 0, 1,
                usual.fitting(), 0);
        String message = assertThrows(NetworkException.class, () -> facets(above, GO_ON)).getMessage();
        assertTrue(message.contains("p2 of planted-parts is not computed from p3 alone"), message);
    }

    @Test
    void whatHasNoLayerBelowOrIsNoChannelIsRefused() {
        String first = assertThrows(NetworkException.class, () -> facets(about(new Unit("p1", 0), 0), GO_ON)).getMessage();
        assertTrue(first.contains("Ask about a layer further up"), first);
        assertThrows(IllegalArgumentException.class, () -> facets(about(new Unit("p3", 0, Unit.CENTRE), 0), GO_ON));
        assertThrows(IllegalArgumentException.class,
                () -> new FindFacets().run(Material.of(session), about(new Unit("p3", 5), 0), GO_ON));
    }

    @Test
    void whereNoScanIsKnownOneIsMadeInTheFolderOfTheQuestion(@TempDir Path folder) {
        PartPictureSet few = new PartPictureSet(1);
        Faceted faceted = new FindFacets().run(new Material(session, Optional.of(new Material.Pictures(few, folder))),
                about(planted.unit("p3", "cat face or wheel"), 0), GO_ON);
        assertTrue(faceted.examples() > 0);
        assertTrue(folder.resolve("scan").toFile().isDirectory());
    }

    @Test
    void stoppingGivesAPartialAnswer() {
        Faceted stopped = facets(about(planted.unit("p3", "cat face or wheel"), 0), (done, total, what) -> false);
        assertTrue(stopped.isPartial());
        assertTrue(stopped.text().contains("Stopped"), stopped.text());
        assertEquals(List.of(), stopped.sheets());
        Faceted unpictured = facets(about(planted.unit("p3", "cat face or wheel"), 8),
                (done, total, what) -> !what.contains("objectives"));
        assertTrue(unpictured.isPartial());
        assertEquals(2, unpictured.facets().size());
    }

    @Test
    void theSameQuestionGivesTheSameBytesAndCanBeReadAgain() throws IOException {
        FindFacets.Arguments arguments = about(planted.unit("p3", "head right or windows"), 2);
        Files first = new Files();
        Faceted faceted = facets(arguments, GO_ON);
        faceted.save(first);
        Files second = new Files();
        facets(arguments, GO_ON).save(second);
        assertEquals(first.contents.keySet(), second.contents.keySet());
        first.contents.forEach((name, content) -> assertArrayEquals(content, second.contents.get(name), name));
        Faceted loaded = new FindFacets().load(first);
        assertEquals(faceted, loaded);
        assertFalse(loaded.sheets().isEmpty());
        for (Facet facet : loaded.facets()) {
            assertTrue(facet.picture().orElseThrow().objective().contains("p2:{"));
        }
        first.contents.put("facets.tsv", "facets\tx".getBytes());
        assertThrows(IOException.class, () -> new FindFacets().load(first));
    }

    static final class Files implements ResultFiles {
        private final Map<String, byte[]> contents = new HashMap<>();

        @Override
        public byte[] read(String name) throws IOException {
            if (!contents.containsKey(name)) {
                throw new IOException("There is no " + name);
            }
            return contents.get(name);
        }

        @Override
        public void write(String name, byte[] content) {
            contents.put(name, content);
        }
    }
}
