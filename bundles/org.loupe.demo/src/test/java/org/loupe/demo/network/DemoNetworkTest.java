package org.loupe.demo.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.loupe.core.engine.ReferenceEngine;
import org.loupe.core.engine.Session;
import org.loupe.core.network.Folding;
import org.loupe.core.network.Network;
import org.loupe.demo.network.DemoTraining.Arguments;
import org.loupe.demo.pictures.PictureClass;

class DemoNetworkTest {

    private final Network network = new DemoNetwork().get();

    @Test
    void theBundledNetworkHasTheArchitectureThatTheTrainingWouldGiveIt() {
        Network architecture = Folding.fold(DemoArchitecture.untrained("demo", ""));
        assertEquals(architecture.layers(), network.layers());
        assertEquals(architecture.operations().size(), network.operations().size());
        assertEquals(architecture.parameters(), network.parameters());
        assertEquals(PictureClass.labels(), network.classes());
    }

    @Test
    void itSaysHowItWasTrained() {
        assertEquals(DemoTraining.about(new Arguments(6, 20_400, 3_400, 0), .9971), network.about().replaceAll(
                "it gets [0-9.]+ %", "it gets 99.71 %"));
    }

    @Test
    void itRecognisesFreshPictures() {
        try (Session session = new ReferenceEngine().open(network)) {
            double accuracy = DemoTraining.accuracy(session, 30_000_000, 170);
            System.out.println("The bundled demo network gets " + accuracy + " of 170 fresh pictures right");
            assertTrue(accuracy >= .97, "only " + accuracy);
        }
    }
}
