package org.loupe.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenRequestsTest {

    @TempDir
    Path study;

    @Test
    void whatIsLeftBeforeAndWhileSomebodyListensIsHeardOnce() throws InterruptedException, IOException {
        BlockingQueue<List<Path>> heard = new LinkedBlockingQueue<>();
        Path first = study.resolve("a network.onnx");
        Path second = study.resolve("another.pb");
        OpenRequests.leave(study, List.of(first));
        try (OpenRequests requests = OpenRequests.listen(study, heard::add)) {
            assertEquals(List.of(first), heard.poll(60, TimeUnit.SECONDS));
            OpenRequests.leave(study, List.of(second, first));
            assertEquals(List.of(second, first), heard.poll(60, TimeUnit.SECONDS));
        }
        try (var left = Files.list(study.resolve("requests"))) {
            assertFalse(left.findAny().isPresent());
        }
    }
}
