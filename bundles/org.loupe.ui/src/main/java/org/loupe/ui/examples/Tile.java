package org.loupe.ui.examples;

import org.eclipse.swt.graphics.ImageData;

/**
 * What a position sees of a picture, in its frame. What lies beyond the picture is empty.
 *
 * @param picture the part of the picture
 * @param rows    height of the frame, in pixels of the picture
 * @param columns width of the frame
 * @param down    where the part begins in the frame
 * @param right   where the part begins in the frame
 */
record Tile(ImageData picture, int rows, int columns, int down, int right) {
}
