package org.loupe.platform;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.loupe.store.StoreException;
import org.loupe.store.WholeFile;

/**
 * Network files that a second process leaves for the one that has the study open: a small file for each in the study's
 * folder {@code requests}, removed as soon as it was heard.
 */
public final class OpenRequests implements AutoCloseable {

    private final Path place;
    private final Consumer<List<Path>> opener;
    private final WatchService watch;

    private OpenRequests(Path place, Consumer<List<Path>> opener, WatchService watch) {
        this.place = place;
        this.opener = opener;
        this.watch = watch;
    }

    /**
     * Leaves files for the process that has a study open, or will have it open next.
     *
     * @throws StoreException when that cannot be written
     */
    public static void leave(Path study, List<Path> files) {
        Path place = study.resolve("requests");
        String text = String.join("\n", files.stream().map(file -> file.toAbsolutePath().normalize().toString()).toList());
        try {
            Files.createDirectories(place);
            WholeFile.write(place.resolve(UUID.randomUUID() + ".txt"), text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException problem) {
            throw new StoreException("Could not tell the Loupe that has " + study + " open what to open", problem);
        }
    }

    /**
     * Listens until it is closed, also to what was left before.
     *
     * @param opener receives files, on a thread of its own
     * @throws StoreException when nothing can be heard there
     */
    public static OpenRequests listen(Path study, Consumer<List<Path>> opener) {
        Path place = study.resolve("requests");
        try {
            Files.createDirectories(place);
            OpenRequests requests = new OpenRequests(place, opener, place.getFileSystem().newWatchService());
            place.register(requests.watch, StandardWatchEventKinds.ENTRY_CREATE);
            Thread listener = new Thread(requests::run, "Files to open in " + study);
            listener.setDaemon(true);
            listener.start();
            return requests;
        } catch (IOException problem) {
            throw new StoreException("Could not listen for files to open in " + place, problem);
        }
    }

    private void run() {
        try {
            hear();
            while (true) {
                WatchKey key = watch.take();
                key.pollEvents();
                hear();
                if (!key.reset()) {
                    return;
                }
            }
        } catch (ClosedWatchServiceException closed) {
            return;
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private void hear() {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> requests = Files.newDirectoryStream(place, "*.txt")) {
            for (Path request : requests) {
                Files.readAllLines(request).stream().filter(line -> !line.isBlank()).map(Path::of).forEach(files::add);
                Files.delete(request);
            }
        } catch (IOException | InvalidPathException problem) {
            System.getLogger(OpenRequests.class.getName()).log(System.Logger.Level.WARNING,
                    "A request to open a file could not be read: " + problem.getMessage());
        }
        if (!files.isEmpty()) {
            opener.accept(files);
        }
    }

    @Override
    public void close() {
        try {
            watch.close();
        } catch (IOException problem) {
            System.getLogger(OpenRequests.class.getName()).log(System.Logger.Level.WARNING, problem.getMessage());
        }
    }
}
