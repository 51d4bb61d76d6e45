package org.loupe.core;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a circuit is made of: one channel of one layer, or one position of that channel's map.
 *
 * <p>Written {@code mixed4a:97}, {@code mixed4a:97@3,5} (row 3, column 5) or {@code mixed4a:97@centre}.
 *
 * @param layer   name of the layer
 * @param channel index of the channel, from 0
 * @param place   where in the map
 */
public record Unit(String layer, int channel, Place place) implements Comparable<Unit> {

    /** Where a unit looks: at all of its channel's map, or at one position of it. */
    public sealed interface Place permits Everywhere, Centre, Position {
    }

    /** All positions of the map: the unit is the channel. */
    public record Everywhere() implements Place {
        @Override
        public String toString() {
            return "";
        }
    }

    /** The middle of the map, whatever its size: row {@code rows / 2}, column {@code columns / 2}, rounded down. */
    public record Centre() implements Place {
        @Override
        public String toString() {
            return "@centre";
        }
    }

    /** One position; the row counts down from the top, the column right from the left edge, both from 0. */
    public record Position(int row, int column) implements Place {
        public Position {
            if (row < 0 || column < 0) {
                throw new IllegalArgumentException("No position has row " + row + " and column " + column);
            }
        }

        @Override
        public String toString() {
            return "@" + row + "," + column;
        }
    }

    /** All positions of a map. */
    public static final Place EVERYWHERE = new Everywhere();

    /** The middle of a map. */
    public static final Place CENTRE = new Centre();

    private static final Pattern SPELLING =
            Pattern.compile("\\s*([^\\s:@+*]+):(\\d{1,9})(?:@(?:(centre|center)|(\\d{1,9})\\s*,\\s*(\\d{1,9})))?\\s*");

    public Unit {
        if (layer.isBlank() || channel < 0) {
            throw new IllegalArgumentException("No unit is written " + layer + ":" + channel);
        }
    }

    /** The unit that is a whole channel. */
    public Unit(String layer, int channel) {
        this(layer, channel, EVERYWHERE);
    }

    /** The same channel elsewhere, or everywhere. */
    public Unit at(Place elsewhere) {
        return new Unit(layer, channel, elsewhere);
    }

    /** Whether this is a whole channel. */
    public boolean isChannel() {
        return place instanceof Everywhere;
    }

    /** The position in a map of the given size, or nothing where the unit is the whole channel. */
    public Optional<Position> position(int rows, int columns) {
        if (place instanceof Centre) {
            return Optional.of(new Position(rows / 2, columns / 2));
        }
        return place instanceof Position position ? Optional.of(position) : Optional.empty();
    }

    /**
     * Reads a unit as a person writes it.
     *
     * @throws IllegalArgumentException with an example when the text is not a unit
     */
    public static Unit parse(String text) {
        Matcher matcher = SPELLING.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("“" + text + "” is not a unit. Write layer:channel, such as"
                    + " mixed4a:12, or layer:channel@row,column, such as mixed4a:12@3,5 or mixed4a:12@centre.");
        }
        Place place = EVERYWHERE;
        if (matcher.group(3) != null) {
            place = CENTRE;
        } else if (matcher.group(4) != null) {
            place = new Position(Integer.parseInt(matcher.group(4)), Integer.parseInt(matcher.group(5)));
        }
        return new Unit(matcher.group(1), Integer.parseInt(matcher.group(2)), place);
    }

    /** By layer name, then channel, then place. */
    @Override
    public int compareTo(Unit other) {
        int byLayer = layer.compareTo(other.layer);
        if (byLayer != 0) {
            return byLayer;
        }
        int byChannel = Integer.compare(channel, other.channel);
        return byChannel != 0 ? byChannel : place.toString().compareTo(other.place.toString());
    }

    /** The spelling that {@link #parse} reads. */
    @Override
    public String toString() {
        return layer + ":" + channel + place;
    }
}
