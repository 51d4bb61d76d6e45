package org.loupe.store;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import org.loupe.core.Analysis;
import org.loupe.core.Recipe;
import org.loupe.core.Result;
import org.loupe.core.ResultFiles;

/**
 * The results of a study, each with its recipe, in a folder named after the question that it answers.
 *
 * <p>A result appears whole or not at all. One whose files have changed since counts as absent: it is told about and
 * made again when it is asked for.
 */
public final class Results {

    private final Path place;
    private final boolean readOnly;
    private final Consumer<String> problems;
    private final ReadWriteLock replacing = new ReentrantReadWriteLock();

    /**
     * One stored result.
     *
     * @param recipe  how it was made, by whichever version of Loupe
     * @param folder  where its files are
     * @param partial whether the work was stopped before it was done
     * @param when    when it was stored
     */
    public record Entry(Recipe recipe, Path folder, boolean partial, Instant when) {
    }

    Results(Path place, boolean readOnly, Consumer<String> problems) {
        this.place = place;
        this.readOnly = readOnly;
        this.problems = problems;
    }

    /** Where the result of a recipe is, or would be. */
    public Path folder(Recipe recipe) {
        return place.resolve(recipe.question());
    }

    /**
     * The stored answer to the recipe's question, which may be a partial one.
     *
     * @return nothing when there is none, or when it is damaged
     */
    public <R extends Result> Optional<R> find(Recipe recipe, Analysis<?, R> analysis) {
        Path folder = folder(recipe);
        replacing.readLock().lock();
        try {
            if (!Files.isDirectory(folder)) {
                return Optional.empty();
            }
            ResultRecord record = ResultRecord.read(folder);
            return Optional.of(analysis.load(new Reading(folder, record)));
        } catch (IOException | RuntimeException damaged) {
            reportDamage(folder, damaged);
            return Optional.empty();
        } finally {
            replacing.readLock().unlock();
        }
    }

    /**
     * Stores a result under its recipe's question. A partial one never takes the place of a complete one.
     *
     * @throws StoreException when it cannot be written; what was stored before is still there
     */
    public void put(Recipe recipe, Result result) {
        Study.requireWritable(readOnly, place);
        Path target = folder(recipe);
        if (result.isPartial() && isComplete(target)) {
            return;
        }
        Path unfinished = null;
        try {
            unfinished = Unfinished.folder(target);
            Writing writing = new Writing(unfinished, recipe);
            result.save(writing);
            Unfinished.writeThrough(unfinished.resolve(ResultRecord.NAME),
                    ResultRecord.of(recipe, result.isPartial(), Instant.now(), writing.hashes).bytes());
            replace(unfinished, target, result.isPartial());
        } catch (IOException problem) {
            throw new StoreException("Could not store the result of " + recipe.analysis() + " in " + target, problem);
        } finally {
            discard(unfinished);
        }
    }

    /** All results that can be read, also those of other versions of Loupe, the newest first. */
    public List<Entry> entries() {
        if (!Files.isDirectory(place)) {
            return List.of();
        }
        List<Entry> entries = new ArrayList<>();
        replacing.readLock().lock();
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(place, Results::isResult)) {
            for (Path folder : folders) {
                entry(folder).ifPresent(entries::add);
            }
        } catch (IOException problem) {
            throw new StoreException("Could not list the results in " + place, problem);
        } finally {
            replacing.readLock().unlock();
        }
        entries.sort(Comparator.comparing(Entry::when).reversed());
        return entries;
    }

    /** The questions that there is a result for, without looking into it: a list of names, so it is quick. */
    public Set<String> questions() {
        if (!Files.isDirectory(place)) {
            return Set.of();
        }
        Set<String> questions = new TreeSet<>();
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(place, Results::isResult)) {
            folders.forEach(folder -> questions.add(folder.getFileName().toString()));
        } catch (IOException problem) {
            throw new StoreException("Could not list the results in " + place, problem);
        }
        return questions;
    }

    /**
     * The result for a question, if it can be read.
     *
     * @param question one of {@link #questions}
     */
    public Optional<Entry> entry(String question) {
        replacing.readLock().lock();
        try {
            Path folder = place.resolve(question);
            return Files.isDirectory(folder) ? entry(folder) : Optional.empty();
        } finally {
            replacing.readLock().unlock();
        }
    }

    private Optional<Entry> entry(Path folder) {
        try {
            ResultRecord record = ResultRecord.read(folder);
            return Optional.of(new Entry(record.recipe().recipe(), folder, record.partial(),
                    Instant.parse(record.when())));
        } catch (IOException damaged) {
            reportDamage(folder, damaged);
            return Optional.empty();
        }
    }

    private void replace(Path unfinished, Path target, boolean partial) throws IOException {
        replacing.writeLock().lock();
        try {
            // Asked again, for a complete result may have come in the meantime.
            if (!partial || !isComplete(target)) {
                Unfinished.finish(unfinished, target);
            }
        } finally {
            replacing.writeLock().unlock();
        }
    }

    /** Whether there is a whole result there that is not partial. */
    private boolean isComplete(Path folder) {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try {
            ResultRecord record = ResultRecord.read(folder);
            record.verify(folder);
            return !record.partial();
        } catch (IOException damaged) {
            reportDamage(folder, damaged);
            return false;
        }
    }

    private void discard(Path unfinished) {
        if (unfinished != null) {
            try {
                Unfinished.delete(unfinished);
            } catch (IOException problem) {
                problems.accept("Could not remove " + unfinished + ": " + problem.getMessage());
            }
        }
    }

    private void reportDamage(Path folder, Exception damage) {
        String what = damage instanceof NoSuchFileException missing
                ? "the file " + Path.of(missing.getFile()).getFileName() + " is missing" : damage.getMessage();
        problems.accept("The result in " + folder + " cannot be read: " + what + ". It counts as absent.");
    }

    private static boolean isResult(Path folder) {
        return Files.isDirectory(folder) && !folder.getFileName().toString().startsWith(".");
    }

    /** The files of a result that is stored. */
    private record Reading(Path folder, ResultRecord record) implements ResultFiles {

        @Override
        public byte[] read(String name) throws IOException {
            return record.verified(folder, name);
        }

        @Override
        public InputStream open(String name) throws IOException {
            return Files.newInputStream(record.file(folder, name));
        }

        @Override
        public byte[] read(String name, long from, int length) throws IOException {
            ByteBuffer bytes = ByteBuffer.allocate(length);
            try (FileChannel file = FileChannel.open(record.file(folder, name))) {
                while (bytes.hasRemaining()) {
                    if (file.read(bytes, from + bytes.position()) < 0) {
                        throw new EOFException(name + " is cut off");
                    }
                }
            }
            return bytes.array();
        }

        @Override
        public void write(String name, byte[] content) throws IOException {
            throw new IOException("A stored result does not change; " + name + " was not written");
        }
    }

    /** The files of a result that is being stored. */
    private static final class Writing implements ResultFiles {

        private final Path folder;
        private final Recipe recipe;
        private final SortedMap<String, String> hashes = new TreeMap<>();

        Writing(Path folder, Recipe recipe) {
            this.folder = folder;
            this.recipe = recipe;
        }

        @Override
        public byte[] read(String name) throws IOException {
            return Files.readAllBytes(folder.resolve(name));
        }

        @Override
        public void write(String name, InputStream content) throws IOException {
            requireName(name);
            DigestInputStream digesting = new DigestInputStream(content, ResultRecord.sha256());
            Unfinished.writeThrough(folder.resolve(name), digesting);
            hashes.put(name, HexFormat.of().formatHex(digesting.getMessageDigest().digest()));
        }

        @Override
        public void write(String name, byte[] content) throws IOException {
            requireName(name);
            byte[] kept = RecipeText.embed(recipe, name, content);
            Unfinished.writeThrough(folder.resolve(name), kept);
            hashes.put(name, Recipe.sha256(kept));
        }

        private static void requireName(String name) throws IOException {
            if (!name.matches("[\\p{L}\\p{N}_][\\p{L}\\p{N}._@+=, -]*") || name.equals(ResultRecord.NAME)) {
                throw new IOException("a result cannot have a file named “" + name + "”");
            }
        }
    }
}
