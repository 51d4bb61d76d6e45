package org.loupe.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.loupe.core.network.InputChoice;
import org.loupe.core.network.Network;
import org.loupe.core.network.NetworkFile;
import org.loupe.core.network.Preparation;
import org.loupe.store.Study;

class NetworksTest {

    @TempDir
    Path folder;

    private final List<String> notices = new ArrayList<>();
    private final Registry registry = new Registry(Contributions.registry(Contributions.ALL),
            (message, cause) -> notices.add(message));

    private Path file(String name) throws IOException {
        Path file = folder.resolve(name + ".loupe");
        NetworkFile.write(Contributions.network(name, ""), file);
        return file;
    }

    private Networks networks(Study study, long mostBytes) {
        return new Networks(registry, study, notices::add, mostBytes);
    }

    private static List<String> names(Networks networks) {
        return networks.all().stream().map(Network::name).toList();
    }

    @Test
    void whatIsKeptIsNotReadAgainAndHasTheInputThatWasChosen() throws IOException {
        Path file = file("mine");
        InputChoice choice = new InputChoice(0, 0, Optional.of(Preparation.grey(7, 3, false)));
        try (Study study = Study.open(folder.resolve("study"))) {
            Networks networks = networks(study, Long.MAX_VALUE);
            OpenedNetwork opened = networks.find(file.toString(), choice);
            assertSame(opened.network(), networks.keep(opened));
            assertSame(opened.network(), networks.find("mine", InputChoice.NONE).network());
            assertSame(opened.network(), networks.find(file.toString(), InputChoice.NONE).network());
            assertEquals(List.of("tiny", "mine"), names(networks));
            Network again = networks(study, Long.MAX_VALUE).find(file.toString(), InputChoice.NONE).network();
            assertEquals(opened.network().hash(), again.hash());
        }
    }

    @Test
    void aFileThatHasChangedIsReadAndReplacesWhatWasKeptOfIt() throws IOException {
        Path file = file("mine");
        try (Study study = Study.open(folder.resolve("study"))) {
            Networks networks = networks(study, Long.MAX_VALUE);
            networks.keep(networks.find(file.toString(), InputChoice.NONE));
            NetworkFile.write(Contributions.network("mine", "Trained for longer."), file);
            OpenedNetwork changed = networks.find(file.toString(), InputChoice.NONE);
            assertEquals("Trained for longer.", changed.network().about());
            networks.keep(changed);
            assertEquals(1, study.networks().size());
            assertEquals("Trained for longer.", networks.find("mine", InputChoice.NONE).network().about());
        }
    }

    @Test
    void whoeverLooksWhileANetworkIsKeptSeesTheOneThatIsKept() throws Exception {
        try (Study study = Study.open(folder.resolve("study"))) {
            Networks networks = networks(study, Long.MAX_VALUE);
            Set<Network> seen = ConcurrentHashMap.newKeySet();
            AtomicBoolean ends = new AtomicBoolean();
            Thread watcher = new Thread(() -> {
                do {
                    seen.addAll(networks.all());
                } while (!ends.get());
            });
            watcher.start();
            Set<Network> kept = ConcurrentHashMap.newKeySet();
            for (int number = 0; number < 20; number++) {
                kept.add(networks.keep(networks.find(file("mine" + number).toString(), InputChoice.NONE)));
            }
            ends.set(true);
            watcher.join();
            seen.removeAll(kept);
            assertEquals(List.of("tiny"), seen.stream().map(Network::name).toList());
        }
    }

    @Test
    void whatIsTooMuchForMemoryIsLeftUntilItIsAskedFor() throws IOException {
        try (Study study = Study.open(folder.resolve("study"))) {
            Networks first = networks(study, Long.MAX_VALUE);
            for (String name : List.of("old", "young")) {
                first.keep(first.find(file(name).toString(), InputChoice.NONE));
            }
            Networks later = networks(study, Files.size(study.networks().get(0)) + Files.size(study.networks().get(1)) - 1);
            assertEquals(List.of("tiny", "young"), names(later));
            assertEquals(1, notices.size(), notices.toString());
            assertTrue(notices.get(0).startsWith("The network old was not opened"), notices.toString());
            Network old = later.find("old", InputChoice.NONE).network();
            assertTrue(names(later).contains("old") && later.file(old).isPresent());
            assertFalse(later.isBundled(old));
        }
    }
}
