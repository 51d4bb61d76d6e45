package org.loupe.demo.pictures;

/**
 * Where one part was drawn, in pixels from the picture's top left corner, before anything was drawn over it.
 *
 * @param part   which part
 * @param top    upper edge, 0 to 64, and so on for the others
 * @param row    height of the centre of the part's outline
 * @param column its distance from the left
 */
public record PartBox(Part part, double top, double left, double bottom, double right, double row, double column) {

    /** Whether a pixel touches the box. */
    public boolean touches(int pixelRow, int pixelColumn) {
        return pixelRow + 1 > top && pixelRow < bottom && pixelColumn + 1 > left && pixelColumn < right;
    }
}
