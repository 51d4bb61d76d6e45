package org.loupe.ui.probe;

import java.util.List;
import org.loupe.core.Unit;

/**
 * A line of channels.
 *
 * @param title what they have in common
 * @param tiles the most important first
 */
record Row(String title, List<Tile> tiles) {

    /**
     * A channel in a line.
     *
     * @param unit  the channel
     * @param name  what stands under it: its number, or the class that it stands for
     * @param value its activation, or what it contributes
     * @param share of the largest size in the view, from -1 to 1, for the bar
     */
    record Tile(Unit unit, String name, double value, double share) {
    }

    Row {
        tiles = List.copyOf(tiles);
    }
}
