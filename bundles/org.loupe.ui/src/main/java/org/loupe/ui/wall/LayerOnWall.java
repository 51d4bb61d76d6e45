package org.loupe.ui.wall;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.loupe.core.Arguments;
import org.loupe.core.Unit;
import org.loupe.core.annotation.Family;
import org.loupe.core.annotation.Known;
import org.loupe.core.facet.Judged.Verdict;
import org.loupe.core.network.Layer;
import org.loupe.core.network.Network;
import org.loupe.ui.LayerInNetwork;
import org.loupe.ui.UnitInNetwork;
import org.loupe.ui.jobs.Picture;
import org.loupe.ui.jobs.Picture.Stage;
import org.loupe.ui.jobs.PictureQueue;
import org.loupe.ui.jobs.PictureRequest;
import org.loupe.ui.preferences.PictureChoice;

/** One layer as it hangs on the wall: its channels, their pictures and their names. */
final class LayerOnWall {

    private final LayerInNetwork shown;
    private final PictureChoice choice;
    private final PictureQueue queue;
    private final List<PictureRequest> requests;
    private final List<String> classes;
    private final Supplier<Known> known;
    private final WallVerdicts verdicts;

    /**
     * @param known    what is written about the units of the network now
     * @param verdicts whether channels are several things
     */
    LayerOnWall(LayerInNetwork shown, PictureChoice choice, PictureQueue queue, Supplier<Known> known, WallVerdicts verdicts) {
        this.known = known;
        this.verdicts = verdicts;
        this.shown = shown;
        this.choice = choice;
        this.queue = queue;
        Network network = shown.network();
        Layer layer = shown.layer();
        int channels = network.shape(layer).channels();
        this.requests = IntStream.range(0, channels).mapToObj(channel -> new Unit(layer.name(), channel))
                .map(unit -> new PictureRequest(network, unit, choice.arguments(unit))).toList();
        boolean isLast = layer == network.layers().get(network.layers().size() - 1);
        this.classes = isLast && network.classes().size() == channels ? network.classes() : List.of();
    }

    LayerInNetwork shown() {
        return shown;
    }

    /** The requests of all channels, in their order. */
    List<PictureRequest> requests() {
        return requests;
    }

    List<PictureRequest> requests(List<Integer> channels) {
        return channels.stream().map(requests::get).toList();
    }

    List<UnitInNetwork> units(List<Integer> channels) {
        return channels.stream().map(channel -> new UnitInNetwork(shown.network(), requests.get(channel).unit()))
                .toList();
    }

    /** Whether a unit is on this wall, whatever its place. */
    boolean has(UnitInNetwork unit) {
        return unit.network() == shown.network() && unit.unit().layer().equals(shown.layer().name());
    }

    /** The request that a picture with the given arguments answers, if it is one of this wall's. */
    Optional<PictureRequest> request(Map<String, String> arguments) {
        return requests.stream().filter(request -> request.unit().toString().equals(arguments.get("units")))
                .filter(request -> Arguments.text(request.arguments()).equals(arguments)).findFirst();
    }

    /** The channel of a request of this wall, or -1. */
    int channel(PictureRequest request) {
        int channel = request.unit().channel();
        return channel < requests.size() && requests.get(channel).equals(request) ? channel : -1;
    }

    Picture picture(int channel) {
        return queue.picture(requests.get(channel));
    }

    /** The channels that fit, in order. */
    List<Integer> channels(ChannelFilter filter, Order order) {
        List<Integer> channels = new ArrayList<>();
        for (int channel = 0; channel < requests.size(); channel++) {
            if (filter.fits(channel, words(channel), picture(channel))) {
                channels.add(channel);
            }
        }
        channels.sort(order.by(this::picture, this::label, channel -> families(channel).stream().findFirst(), this::verdict));
        return channels;
    }

    /** What a person calls a channel, or else the name of its class, or an empty text. */
    private String label(int channel) {
        return known.get().label(unit(channel)).orElse(classes.isEmpty() ? "" : classes.get(channel));
    }

    private Optional<Verdict> verdict(int channel) {
        return verdicts.of(shown, channel).filter(verdict -> !verdict.isSilent());
    }

    private List<Family> families(int channel) {
        return known.get().families(unit(channel));
    }

    private Unit unit(int channel) {
        return requests.get(channel).unit();
    }

    /** What a filter looks at. */
    private String words(int channel) {
        return known.get().words(unit(channel)) + (classes.isEmpty() ? "" : "\n" + classes.get(channel));
    }

    /** What stands under a picture: the label where the channel has one, and its number unless it stands for a class. */
    String caption(int channel, Order order) {
        String label = label(channel);
        if (label.isEmpty() && order == Order.FAMILY) {
            label = families(channel).stream().map(Family::name).findFirst().orElse("");
        }
        String name = classes.isEmpty() ? (":" + channel + " " + label).strip() : label;
        if (order == Order.SEVERAL) {
            return verdict(channel).map(verdict -> name + "  " + number(verdict.halves()) + (verdict.isSeveral() ? " several" : ""))
                    .orElse(name);
        }
        double score = picture(channel).score();
        return order == Order.SCORE && !Double.isNaN(score) ? name + "  " + number(score) : name;
    }

    /** The name and state of a channel, in words. */
    String description(int channel) {
        Picture picture = picture(channel);
        StringBuilder text = new StringBuilder(requests.get(channel).unit().toString());
        if (!label(channel).isEmpty()) {
            text.append(" (").append(label(channel)).append(')');
        }
        families(channel).forEach(family -> text.append(", ").append(family.name()));
        if (!Double.isNaN(picture.score())) {
            text.append(", ").append(choice.neuron() ? "activation " : "mean activation ")
                    .append(number(picture.score())).append(" on its picture");
        }
        verdict(channel).ifPresent(verdict -> text.append(", ").append(verdict.isSeveral() ? "several things: "
                + verdict.facets() + " facets that have " + Math.round(100 * (1 - verdict.apart())) + " % in common"
                : verdict.facets() > 1 ? verdict.facets() + " facets of one thing" : "one facet").append(verdict.isTwoGroups()
                        ? ", two groups of classes: " + verdict.groupText() : ""));
        String state = switch (picture.stage()) {
            case UNKNOWN -> "looking into the store";
            case MISSING -> "no picture yet";
            case FAILED -> "failed: " + picture.problem();
            case GROWING, FINISHED, PARTIAL -> picture.state().words();
        };
        return state.isEmpty() ? text.toString() : text.append(", ").append(state).toString();
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, Math.abs(value) < 10 ? "%.2f" : "%.1f", value);
    }

    /** What there is, such as “80 channels, 34 with a picture, 2 dead”. */
    String summary() {
        long pictures = 0;
        long dead = 0;
        for (int channel = 0; channel < requests.size(); channel++) {
            Picture picture = picture(channel);
            pictures += picture.stage() == Stage.FINISHED || picture.stage() == Stage.PARTIAL ? 1 : 0;
            dead += picture.isDead() ? 1 : 0;
        }
        String all = requests.size() + (requests.size() == 1 ? " channel" : " channels");
        String made = pictures == requests.size() ? "" : pictures == 0 ? "" : ", " + pictures + " with a picture";
        return all + made + (dead == 0 ? "" : ", " + dead + " dead");
    }
}
