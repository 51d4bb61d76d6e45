package org.loupe.core.picture;

/**
 * What a picture file says of itself.
 *
 * @param format  such as {@code JPEG}
 * @param rows    height as it is looked at, after turning by its orientation mark
 * @param columns width likewise
 */
public record PictureHeader(String format, int rows, int columns) {
}
