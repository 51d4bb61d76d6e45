package org.loupe.core.facet;

import org.loupe.core.Batch;
import org.loupe.core.Unit;
import org.loupe.core.network.Gaze;
import org.loupe.core.network.Network;
import org.loupe.core.network.Shape;
import org.loupe.core.network.Tap;
import org.loupe.core.scan.Example;

/** Moves pictures so that what excites a unit somewhere lies where a neuron looks. */
final class Centring {

    private Centring() {
    }

    /**
     * A picture moved by whole pixels from where an example lies to where the unit looks, the middle where it is a channel;
     * what comes in from beyond the edge repeats the edge.
     */
    static Batch centred(Network network, Unit unit, Example example, Batch picture) {
        Tap tap = Tap.after(unit.layer());
        Shape map = network.shape(network.layer(unit.layer()));
        Unit.Position to = (unit.isChannel() ? unit.at(Unit.CENTRE) : unit).position(map.rows(), map.columns()).orElseThrow();
        Gaze from = Gaze.of(network, tap, example.row(), example.column());
        Gaze aim = Gaze.of(network, tap, to.row(), to.column());
        int down = (int) Math.round(aim.row() - from.row());
        int right = (int) Math.round(aim.column() - from.column());
        Batch moved = picture.zeros();
        for (int channel = 0; channel < picture.channels(); channel++) {
            for (int row = 0; row < picture.rows(); row++) {
                for (int column = 0; column < picture.columns(); column++) {
                    moved.values()[moved.index(0, channel, row, column)] = picture.at(0, channel,
                            Math.max(0, Math.min(picture.rows() - 1, row - down)),
                            Math.max(0, Math.min(picture.columns() - 1, column - right)));
                }
            }
        }
        return moved;
    }
}
