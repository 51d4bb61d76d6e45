package org.loupe.formats.picture;

/**
 * How much of a machine a picture may take, whatever its file claims.
 *
 * @param fileBytes   bytes of a file, or of an archive's entry after unpacking
 * @param pixels      pixels of a picture that is decoded row by row
 * @param wholePixels pixels of a picture that can only be decoded as a whole: WebP, GIF, progressive JPEG
 * @param keptPixels  pixels of a decoded picture; of a larger one, only each second, third, ... row and column is kept
 * @param roomPixels  pixels in memory at one time for all threads; who needs more waits
 * @param scanPixels  pixels that the scans of a progressive JPEG go over
 */
record Limits(int fileBytes, long pixels, long wholePixels, long keptPixels, long roomPixels, long scanPixels) {

    static final Limits STANDARD =
            new Limits(128 << 20, 250_000_000, 64_000_000, 16_000_000, 96_000_000, 2_000_000_000);
}
