package org.loupe.formats.dl4j;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UTFDataFormatException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.ZipException;
import org.loupe.core.network.Input;
import org.loupe.core.network.InputChoice;
import org.loupe.core.network.Network;
import org.loupe.core.network.NetworkException;
import org.loupe.core.network.NetworkReader;
import org.loupe.core.network.NetworkReading;
import org.loupe.core.network.NetworkReading.Certainty;
import org.loupe.core.network.Preparation;
import org.loupe.formats.architectures.Export;
import org.loupe.formats.arrays.Budget;
import org.loupe.formats.graph.Assembly;

/**
 * Reads zip files that the {@code ModelSerializer} of Deeplearning4j 1.0.0 wrote: a {@code ComputationGraph} or a
 * {@code MultiLayerNetwork}, and how it prepares pictures where a normalizer is with it. Of such an archive that somebody
 * has unpacked it reads {@code coefficients.bin} with what lies beside it, and learned numbers alone, as {@code Nd4j.saveBinary}
 * writes them, onto the known architecture that has as many.
 *
 * <p>DL4J's own colours are in the order blue, green, red where its own picture loader was used; the file does not say
 * so. Neither does it say how large pictures are; see the remarks of a reading.
 */
public final class Dl4jReader implements NetworkReader {

    private static final String CONFIGURATION = "configuration.json";
    static final String COEFFICIENTS = "coefficients.bin";
    private static final String NORMALIZER = "normalizer.bin";
    private static final int MOST_TEXT = 64 << 20;
    private static final long MOST_WEIGHTS = 8L << 30;

    /** Wants no arguments. */
    public Dl4jReader() {
    }

    @Override
    public NetworkReading read(Path file, InputChoice choice) throws IOException {
        String name = file.getFileName().toString();
        try (Entries entries = isArchive(file) ? new Archive(file) : new Loose(file)) {
            return entries.has(CONFIGURATION) || !entries.has(COEFFICIENTS) ? read(entries, name, Files.size(file), choice)
                    : entries.read(COEFFICIENTS, MOST_WEIGHTS, in ->
                            BareParameters.read(new Parameters(in, new Budget(Files.size(file))), name, choice));
        } catch (UTFDataFormatException none) {
            throw new NetworkException(name + " is not a whole DL4J network: it holds no array of ND4J's. If PyTorch wrote it: "
                    + Export.ADVICE);
        } catch (ZipException | EOFException | IllegalArgumentException | ArithmeticException damage) {
            throw new NetworkException(name + " is not a whole DL4J network: " + (damage instanceof EOFException
                    ? "it ends too early" : damage.getMessage()));
        } catch (NetworkException cause) {
            throw cause.getMessage().startsWith(name) ? cause : new NetworkException(name + ": " + cause.getMessage());
        }
    }

    private static boolean isArchive(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return file.toString().toLowerCase(Locale.ROOT).endsWith(".zip") || new String(in.readNBytes(2), StandardCharsets.US_ASCII)
                    .equals("PK");
        }
    }

    private static NetworkReading read(Entries archive, String file, long bytes, InputChoice choice) throws IOException {
        Budget budget = new Budget(bytes);
        Configuration configuration = Configuration.of(Settings.parse(
                archive.read(CONFIGURATION, MOST_TEXT, in -> in.readNBytes(MOST_TEXT))));
        List<String> remarks = new ArrayList<>();
        Normalizer normalizer = archive.has(NORMALIZER)
                ? archive.read(NORMALIZER, MOST_TEXT, in -> Normalizer.read(in, budget))
                : new Normalizer(Optional.empty(), "");
        InputSize size = InputSize.of(configuration, choice);
        Assembly assembly = new Assembly(size.shape());
        Conversion conversion = archive.read(COEFFICIENTS, MOST_WEIGHTS,
                in -> convert(configuration, size, assembly, new Parameters(in, budget)));
        note(remarks, size.remark());
        note(remarks, normalizer.remark());
        Preparation preparation = choice.preparation().or(normalizer::preparation)
                .orElse(Preparation.known("0..1"));
        Certainty colours = choice.preparation().isPresent() ? Certainty.STATED
                : normalizer.preparation().isPresent() ? Certainty.GUESSED : Certainty.UNKNOWN;
        if (choice.preparation().isEmpty()) {
            note(remarks, "The file does not say " + (normalizer.preparation().isPresent()
                    ? "in which order its colours are" : "how its pictures are prepared")
                    + "; DL4J's own picture loader gives blue first.");
        }
        int channels = size.shape().channels();
        Input raw = new Input(size.shape(), new float[channels], ones(channels));
        String title = file.replaceFirst("(?i)\\.(zip|bin|params)$", "");
        Network network = assembly.network(file, title, "A " + configuration.kind() + " of Deeplearning4j, from " + file + ".",
                raw, configuration.outputs().stream().map(conversion::output).toList(), List.of(), remarks);
        return new NetworkReading(preparation.applied(network), colours, size.certainty(), remarks);
    }

    private static Conversion convert(Configuration configuration, InputSize size, Assembly assembly,
            Parameters parameters) throws IOException {
        Conversion conversion = new Conversion(configuration, size.flat(), assembly, parameters);
        for (Vertex vertex : configuration.vertices()) {
            conversion.add(vertex);
        }
        conversion.finish();
        return conversion;
    }

    private static void note(List<String> remarks, String remark) {
        if (!remark.isEmpty()) {
            remarks.add(remark);
        }
    }

    private static float[] ones(int channels) {
        float[] ones = new float[channels];
        Arrays.fill(ones, 1);
        return ones;
    }
}
