package org.loupe.ui.probe;

import java.util.Optional;
import java.util.stream.Collectors;
import org.loupe.core.Batch;
import org.loupe.core.Unit;
import org.loupe.core.network.Layer;
import org.loupe.core.network.Network;
import org.loupe.core.network.Tap;
import org.loupe.core.probe.PictureMaps;
import org.loupe.core.scan.ReceptiveField;

/** A picture that a network has been shown, with everything that was active. */
record ProbedPicture(Network network, ProbeSource source, PictureMaps maps, ProbeRows lines) {

    ProbedPicture(Seen.Question question, PictureMaps maps) {
        this(question.network(), question.source(), maps, new ProbeRows(question.network(), maps));
    }

    /** The picture and the network, for the name of a file. */
    String title() {
        return source.label() + " " + network;
    }

    /** What is not known, for a person; empty where everything is. */
    String leftOut() {
        return maps.leftOut().isEmpty() ? "" : "Left out, for their maps take too much memory: "
                + maps.leftOut().stream().map(Layer::name).collect(Collectors.joining(", "));
    }

    /** The activations of a unit, of shape (1, 1, row, column); nothing where its layer is left out or has no such channel. */
    Optional<Batch> map(Unit unit) {
        int channels = maps.map(unit.layer()).map(Batch::channels).orElse(0);
        return unit.channel() < channels ? maps.map(unit) : Optional.empty();
    }

    /** The layer of a unit where its activations are known, otherwise a layer in the middle. */
    String layer(Optional<Unit> unit) {
        return unit.map(Unit::layer).filter(name -> maps.map(name).isPresent())
                .orElseGet(() -> maps.layers().get(maps.layers().size() / 2).name());
    }

    /** What the position of a layer that lies at a pixel sees. */
    ReceptiveField field(String layer, Unit.Position pixel) {
        Unit.Position at = lines.position(maps.map(layer).orElseThrow(), pixel);
        return ReceptiveField.of(network, Tap.after(layer), at.row(), at.column());
    }
}
