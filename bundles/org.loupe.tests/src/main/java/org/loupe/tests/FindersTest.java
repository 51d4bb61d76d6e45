package org.loupe.tests;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.loupe.core.Analysis;
import org.loupe.core.Arguments;
import org.loupe.core.Material;
import org.loupe.core.Result;
import org.loupe.core.ResultFiles;
import org.loupe.core.engine.Session;
import org.loupe.core.network.Network;
import org.loupe.platform.Registered;
import org.loupe.platform.Registry;

/** How well circuits are found where they are known. */
class FindersTest {

    private final Registry registry = Registry.ofPlatform();

    /**
     * On the 16 connections from curves to circles, with 24 channels that mean nothing; plain attribution reaches .90,
     * .79 and .61 there. The limits are those that the product promises.
     */
    @Test
    void theBestFinderFindsCirclesMadeOfCurvesUnderNoise() throws IOException {
        Map<String, Double> averages = averages();
        System.out.println("Average precision of the attribution map: " + averages);
        assertTrue(averages.get("1.5") >= .92, "at noise 1.5: " + averages);
        assertTrue(averages.get("2.0") >= .86, "at noise 2: " + averages);
        assertTrue(averages.get("3.0") >= .68, "at noise 3: " + averages);
    }

    private Map<String, Double> averages() throws IOException {
        Map<String, String> given = Map.of("units", "p3:0\np3:1", "noise", "1.5, 2, 3");
        Map<String, byte[]> files = new HashMap<>();
        Network network = registry.networks().stream().filter(each -> each.shortName().equals("planted-curves"))
                .findFirst().orElseThrow().value().get();
        try (Session session = registry.engines().get(0).value().open(network)) {
            run(registry.analysis("score"), given, session).save(new ResultFiles() {
                @Override
                public byte[] read(String name) {
                    return files.get(name);
                }

                @Override
                public void write(String name, byte[] content) {
                    files.put(name, content);
                }
            });
        }
        Map<String, Double> averages = new HashMap<>();
        for (String line : new String(files.get("score.tsv"), StandardCharsets.UTF_8).split("\n")) {
            String[] cells = line.split("\t");
            if (cells[0].equals("ATTRIBUTION_MAP")) {
                averages.put(cells[1], Double.parseDouble(cells[3]));
            }
        }
        return averages;
    }

    @SuppressWarnings("unchecked") // the analysis says itself which arguments it takes
    private static <A extends Record, R extends Result> Result run(Registered<? extends Analysis<?, ?>> analysis,
            Map<String, String> given, Session session) {
        Analysis<A, R> typed = (Analysis<A, R>) analysis.value();
        return typed.run(Material.of(session), Arguments.record(typed.arguments(), given), (done, total, what) -> true);
    }
}
