package org.loupe.core.scan;

/**
 * A picture with the place in it that excites a channel most.
 *
 * @param picture index in the picture set
 * @param row     of the channel's map, from 0
 * @param column  of the channel's map, from 0
 * @param value   the activation there
 */
public record Example(int picture, int row, int column, float value) {
}
