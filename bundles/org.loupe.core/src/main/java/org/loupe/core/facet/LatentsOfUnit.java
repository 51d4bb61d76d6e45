package org.loupe.core.facet;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.loupe.core.Batch;
import org.loupe.core.Npy;
import org.loupe.core.ResultFiles;
import org.loupe.core.Unit;
import org.loupe.core.dictionary.DictionaryNetwork;
import org.loupe.core.page.Figure;
import org.loupe.core.page.Figure.Plate;

/**
 * What a dictionary of its layer says of a channel.
 *
 * @param question  which dictionary: {@link org.loupe.core.Recipe#question}
 * @param about     its size, in words
 * @param unit      the channel
 * @param pictures  on how many pictures was counted
 * @param explained share of the channel's variance that all latents together explain
 * @param latents   those through which most of its variance goes, the most first
 */
public record LatentsOfUnit(String question, String about, Unit unit, int pictures, double explained,
        List<Latent> latents) {

    private static final String FACTS = "latents.tsv";
    private static final String FIRST = "latents";

    /**
     * One latent.
     *
     * @param share       of the channel's variance that goes through it: the covariance of what it adds to the channel with the
     *                    channel, divided by the channel's variance; all latents and the error add up to 1
     * @param correlation with the channel, over all positions
     * @param decoder     how much one of it adds to the channel
     * @param encoder     how much one of the channel adds to it, before its nonlinearity
     * @param fires       share of the positions at which it is not 0
     * @param stability   mean cosine of its direction with those that other seeds have for it; NaN where none was learned
     * @param values      its largest activations, one for each picture in {@code crops}
     * @param crops       what it sees of the pictures that excite it most; nothing where none does
     * @param picture     that was made for it; nothing where that was not asked for
     */
    public record Latent(int number, double share, double correlation, double decoder, double encoder, double fires,
            double stability, List<Double> values, Optional<Batch> crops, Optional<Facet.Made> picture) {

        public Latent {
            values = List.copyOf(values);
        }
    }

    public LatentsOfUnit {
        latents = List.copyOf(latents);
    }

    /** A latent as a unit of the network with the dictionary in it. */
    public Unit unit(Latent latent) {
        return new Unit(unit.layer() + DictionaryNetwork.LATENTS, latent.number());
    }

    /** How much of the channel the latents carry, in a sentence. */
    public String summary() {
        return String.format(Locale.ROOT, "A dictionary of %s (%s) explains %.0f %% of the variance of %s on %d pictures; %s.",
                unit.layer(), about, 100 * explained, unit, pictures, latents.isEmpty() ? "none of its latents has a part in it"
                        : "the strongest of its latents carries " + percent(latents.get(0).share()));
    }

    String text() {
        StringBuilder text = new StringBuilder(summary()).append('\n');
        for (Latent latent : latents) {
            text.append(String.format(Locale.ROOT, "%-22s carries %7s  correlation %5.2f  adds %5.2f  is added %5.2f  fires at"
                    + " %7s%s%n", unit(latent), percent(latent.share()), latent.correlation(), latent.decoder(), latent.encoder(),
                    percent(latent.fires()), Double.isNaN(latent.stability()) ? ""
                            : String.format(Locale.ROOT, "  other seeds %.2f", latent.stability())));
        }
        return text.toString();
    }

    void draw(Figure figure) {
        figure.paragraph(summary());
        if (latents.isEmpty()) {
            return;
        }
        figure.table(List.of("latent", "carries", "correlation", "adds to the unit", "is added by it", "fires at", "other seeds"),
                latents.stream().map(one -> List.of(unit(one).toString(), percent(one.share()), number(one.correlation()),
                        number(one.decoder()), number(one.encoder()), percent(one.fires()), number(one.stability()))).toList());
        figure.remark("Carries: the share of the unit's variance that goes through the latent. Adds, is added: weights of the"
                + " decoder and the encoder. Fires: share of all positions. Other seeds: mean cosine of its direction with the one"
                + " that it goes best with in dictionaries from other starting points; what is far from 1 is not found again.");
        for (Latent latent : latents) {
            List<Plate> plates = new ArrayList<>();
            latent.picture().ifPresent(made -> plates.add(new Plate(made.pixels(), String.format(Locale.ROOT, "optimised, %.3g",
                    made.activation()), false)));
            latent.crops().ifPresent(crops -> {
                for (int i = 0; i < crops.images(); i++) {
                    plates.add(new Plate(crops.image(i), String.format(Locale.ROOT, "%.3g", latent.values().get(i)), false));
                }
            });
            if (!plates.isEmpty()) {
                figure.paragraph(String.format(Locale.ROOT, "%s, carries %s", unit(latent), percent(latent.share())));
                figure.pictures(plates, LatentSearch.EXAMPLES + 1);
            }
        }
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }

    private static String number(double value) {
        return Double.isNaN(value) ? "–" : String.format(Locale.ROOT, "%.2f", value);
    }

    void save(ResultFiles files) throws IOException {
        Lines text = new Lines();
        text.line(FIRST, question, about, unit, pictures, explained);
        for (int i = 0; i < latents.size(); i++) {
            Latent one = latents.get(i);
            text.line("latent", one.number(), one.share(), one.correlation(), one.decoder(), one.encoder(), one.fires(),
                    one.stability(), one.values().stream().map(String::valueOf).collect(Collectors.joining(" ")),
                    one.picture().map(Facet.Made::objective).orElse(""), one.picture().map(Facet.Made::activation).orElse(0.));
            if (one.crops().isPresent()) {
                files.write("crops-" + i + ".npy", Npy.write(one.crops().get()));
            }
            if (one.picture().isPresent()) {
                files.write("picture-" + i + ".npy", Npy.write(one.picture().get().pixels()));
            }
        }
        files.write(FACTS, text.bytes());
    }

    /** Reads what was saved; the caller says which file is damaged where a number is none. */
    static LatentsOfUnit load(ResultFiles files) throws IOException {
        List<String[]> lines = Lines.read(files, FACTS, FIRST);
        List<Latent> latents = new ArrayList<>();
        for (String[] cells : lines.subList(1, lines.size())) {
            int i = latents.size();
            List<Double> values = Arrays.stream(cells[8].split(" ")).filter(cell -> !cell.isEmpty()).map(Double::valueOf).toList();
            latents.add(new Latent(Integer.parseInt(cells[1]), Lines.number(cells[2]), Lines.number(cells[3]),
                    Lines.number(cells[4]), Lines.number(cells[5]), Lines.number(cells[6]), Lines.number(cells[7]), values,
                    values.isEmpty() ? Optional.empty() : Optional.of(Npy.read(files.read("crops-" + i + ".npy"))),
                    cells[9].isEmpty() ? Optional.empty() : Optional.of(new Facet.Made(
                            Npy.read(files.read("picture-" + i + ".npy")), cells[9], Lines.number(cells[10])))));
        }
        String[] head = lines.get(0);
        return new LatentsOfUnit(head[1], head[2], Unit.parse(head[3]), Integer.parseInt(head[4]), Lines.number(head[5]), latents);
    }
}
