package org.loupe.formats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.loupe.core.network.InputChoice;
import org.loupe.core.network.NetworkException;
import org.loupe.core.network.NetworkReader;

/**
 * Damages real files in many ways and sees to it that a reader either reads them or says what is wrong: with a
 * {@link NetworkException} or an {@link IOException}, in time, and with little memory.
 *
 * <p>Readers run in a virtual machine of their own with a small heap, for as many seconds as the system property
 * {@value #SECONDS} says, or on as many files as {@value #COUNT} says. A failure names the seed of the damage, which
 * {@value #SEED} repeats.
 */
public final class Mutations {

    /** For how long to go on, 6 where it is not set. */
    public static final String SECONDS = "loupe.mutations.seconds";

    /** How many files to try, instead of a time. */
    public static final String COUNT = "loupe.mutations.count";

    /** Where to begin. */
    public static final String SEED = "loupe.mutations.seed";

    private static final int USUAL_SECONDS = 10;
    private static final int MOST_SECONDS_FOR_ONE = 20;
    private static final int LARGEST = 1 << 20;
    private static final int[] EXTREMES = {0, 1, 0x7f, 0x80, 0xff, 0x0a, 0x12, 0x22, 0x2a, 0x3a};

    private final List<byte[]> originals;
    private final List<Path> names;

    private Mutations(List<Path> files) throws IOException {
        names = files;
        originals = new ArrayList<>();
        for (Path file : files) {
            originals.add(Files.readAllBytes(file));
        }
    }

    /**
     * Runs a reader on damaged files.
     *
     * @param reader    with a public constructor without parameters
     * @param heap      megabytes of memory that it may use
     * @param originals whole files that the reader reads, each up to 1 MB
     */
    public static void survives(Class<? extends NetworkReader> reader, int heap, List<Path> originals) throws IOException {
        List<Path> small = originals.stream().filter(file -> file.toFile().length() <= LARGEST).toList();
        assertTrue(!small.isEmpty(), "no files to damage");
        Path folder = Files.createTempDirectory("mutations");
        try {
            List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx" + heap + "m", "-XX:+UseSerialGC", "-cp",
                    System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))));
            for (String property : List.of(SECONDS, COUNT, SEED)) {
                if (System.getProperty(property) != null) {
                    command.add("-D" + property + "=" + System.getProperty(property));
                }
            }
            command.addAll(List.of(Mutations.class.getName(), reader.getName(), folder.toString()));
            small.forEach(file -> command.add(file.toString()));
            Path output = folder.resolve("output.txt");
            Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile()).start();
            try {
                assertTrue(process.waitFor(1, TimeUnit.HOURS), "still running");
            } finally {
                process.destroyForcibly();
            }
            String said = Files.readString(output);
            assertEquals(0, process.exitValue(), said);
            System.out.println(reader.getSimpleName() + ": " + said.trim());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException(interrupted);
        } finally {
            delete(folder);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted((one, other) -> other.compareTo(one)).toList()) {
                Files.delete(path);
            }
        }
    }

    /** Runs in the virtual machine with the small heap: reader, folder, files. */
    public static void main(String[] arguments) throws Exception {
        NetworkReader reader = (NetworkReader) Class.forName(arguments[0]).getDeclaredConstructor().newInstance();
        Path folder = Path.of(arguments[1]);
        List<Path> files = Stream.of(arguments).skip(2).map(Path::of).toList();
        Mutations mutations = new Mutations(files);
        long first = Long.getLong(SEED, 1);
        long count = Long.getLong(COUNT, Long.MAX_VALUE);
        long seconds = System.getProperty(COUNT) != null ? Long.MAX_VALUE / 2_000_000_000 : Long.getLong(SECONDS, USUAL_SECONDS);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        Watch watch = new Watch();
        long read = 0;
        long seed = first;
        for (; seed - first < count && System.nanoTime() < end; seed++) {
            Damaged damaged = mutations.damaged(seed);
            Path file = folder.resolve(damaged.name());
            Files.write(file, damaged.bytes());
            watch.begin(seed, damaged);
            try {
                read += reader.read(file, InputChoice.NONE).network().operations().isEmpty() ? 0 : 1;
            } catch (NetworkException | IOException said) {
                if (said.getMessage() == null || said instanceof NetworkException && !said.getMessage().contains(damaged.name())) {
                    fail(seed, damaged, said);
                }
            } catch (Throwable wrong) {
                fail(seed, damaged, wrong);
            }
            watch.end();
        }
        System.out.println((seed - first) + " damaged files, of which " + read + " were still networks");
    }

    private static void fail(long seed, Damaged damaged, Throwable wrong) {
        System.out.println("seed " + seed + ", " + damaged.name() + " " + damaged.how() + ":");
        wrong.printStackTrace(System.out);
        System.out.flush();
        Runtime.getRuntime().halt(1);
    }

    /** Ends the virtual machine when one file takes too long. */
    private static final class Watch {
        private long began = Long.MAX_VALUE;
        private String what = "";

        Watch() {
            Thread thread = new Thread(this::look, "watch");
            thread.setDaemon(true);
            thread.start();
        }

        synchronized void begin(long seed, Damaged damaged) {
            began = System.nanoTime();
            what = "seed " + seed + ", " + damaged.name() + " " + damaged.how();
        }

        synchronized void end() {
            began = Long.MAX_VALUE;
        }

        private void look() {
            while (true) {
                synchronized (this) {
                    if (began != Long.MAX_VALUE && System.nanoTime() - began > TimeUnit.SECONDS.toNanos(MOST_SECONDS_FOR_ONE)) {
                        System.out.println(what + " takes more than " + MOST_SECONDS_FOR_ONE + " s");
                        System.out.flush();
                        Runtime.getRuntime().halt(2);
                    }
                }
                try {
                    Thread.sleep(500);
                } catch (InterruptedException done) {
                    return;
                }
            }
        }
    }

    private record Damaged(String name, String how, byte[] bytes) {
    }

    private Damaged damaged(long seed) {
        Random random = new Random(seed);
        random.nextInt();
        int index = random.nextInt(originals.size());
        byte[] bytes = originals.get(index).clone();
        StringBuilder how = new StringBuilder();
        int times = 1 + random.nextInt(3);
        for (int i = 0; i < times; i++) {
            int kind = random.nextInt(8);
            how.append(kind).append(' ');
            bytes = changed(bytes, kind, random);
        }
        return new Damaged(names.get(index).getFileName().toString(), "changed by " + how.toString().trim(), bytes);
    }

    private byte[] changed(byte[] bytes, int kind, Random random) {
        if (bytes.length < 16) {
            return bytes;
        }
        int at = place(bytes, random);
        int length = 1 + random.nextInt(Math.min(64, bytes.length - at));
        switch (kind) {
            case 0 -> {
                for (int i = 1 + random.nextInt(8); i > 0; i--) {
                    bytes[place(bytes, random)] ^= (byte) (1 << random.nextInt(8));
                }
                return bytes;
            }
            case 1 -> {
                return Arrays.copyOf(bytes, random.nextInt(bytes.length));
            }
            case 2 -> {
                for (int i = at; i < Math.min(bytes.length, at + 1 + random.nextInt(8)); i++) {
                    bytes[i] = (byte) EXTREMES[random.nextInt(EXTREMES.length)];
                }
                return bytes;
            }
            case 3 -> {
                return spliced(bytes, at, 0, varint(random));
            }
            case 4 -> {
                return spliced(bytes, at, 1, varint(random));
            }
            case 5 -> {
                byte[] other = originals.get(random.nextInt(originals.size()));
                int from = random.nextInt(other.length);
                return spliced(bytes, at, length, Arrays.copyOfRange(other, from, Math.min(other.length, from + length * 4)));
            }
            case 6 -> {
                return spliced(bytes, at, length, new byte[0]);
            }
            default -> {
                return words(bytes, random);
            }
        }
    }

    /** Anywhere, and in half of the cases near the beginning or the end, where most of the structure is. */
    private static int place(byte[] bytes, Random random) {
        int near = Math.min(bytes.length, 2048);
        return switch (random.nextInt(4)) {
            case 0 -> random.nextInt(near);
            case 1 -> bytes.length - 1 - random.nextInt(near);
            default -> random.nextInt(bytes.length);
        };
    }

    private static byte[] spliced(byte[] bytes, int at, int without, byte[] with) {
        byte[] result = new byte[bytes.length - without + with.length];
        System.arraycopy(bytes, 0, result, 0, at);
        System.arraycopy(with, 0, result, at, with.length);
        System.arraycopy(bytes, at + without, result, at + with.length, bytes.length - at - without);
        return result;
    }

    /** A length as many formats write it: small, just over a limit, or absurd. */
    private static byte[] varint(Random random) {
        long value = switch (random.nextInt(5)) {
            case 0 -> random.nextInt(256);
            case 1 -> 1L << random.nextInt(63);
            case 2 -> (1L << random.nextInt(63)) - 1;
            case 3 -> -1 - random.nextInt(100);
            default -> random.nextInt() & 0xffffffffL;
        };
        byte[] bytes = new byte[10];
        int count = 0;
        while ((value & ~0x7fL) != 0) {
            bytes[count++] = (byte) (value & 0x7f | 0x80);
            value >>>= 7;
        }
        bytes[count++] = (byte) value;
        return Arrays.copyOf(bytes, count);
    }

    /** Exchanges a digit or letter for another, so that texts stay texts. */
    private static byte[] words(byte[] bytes, Random random) {
        byte[] letters = "0123456789-.,:\"[]{}nulltruefalse".getBytes(StandardCharsets.US_ASCII);
        for (int tries = 0; tries < 200; tries++) {
            int at = place(bytes, random);
            if (Character.isLetterOrDigit(bytes[at])) {
                bytes[at] = letters[random.nextInt(letters.length)];
                return bytes;
            }
        }
        return bytes;
    }
}
