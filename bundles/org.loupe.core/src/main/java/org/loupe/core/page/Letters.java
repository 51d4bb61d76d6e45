package org.loupe.core.page;

/** How wide letters are in Helvetica, from Adobe's published font metrics; others count as a digit. */
final class Letters {

    private static final int[] WIDTHS = {
            278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556,
            556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667,
            611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667,
            667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500,
            222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584};
    private static final double BOLD = 1.07;
    private static final int OTHER = 556;

    private Letters() {
    }

    static double width(String text, double size, boolean bold) {
        double sum = 0;
        for (int i = 0; i < text.length(); i++) {
            int letter = text.charAt(i) - ' ';
            sum += letter >= 0 && letter < WIDTHS.length ? WIDTHS[letter] : OTHER;
        }
        return sum * size / 1000 * (bold ? BOLD : 1);
    }
}
