package org.loupe.core.probe;

/**
 * A channel at one position of its map, and how strongly it fires there.
 *
 * @param channel index of the channel
 * @param row     of the position, from the top
 * @param column  of the position, from the left
 * @param value   its activation, behind the layer's nonlinearity
 */
public record Firing(int channel, int row, int column, float value) {
}
