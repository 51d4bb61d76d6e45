package org.loupe.ui.widgets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.eclipse.swt.graphics.RGB;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PaletteTest {

    private static final double LEGIBLE = 4.5;

    static Stream<Palette> themes() {
        return Stream.of(new Palette(new RGB(248, 248, 248), new RGB(0, 0, 0)),
                new Palette(new RGB(47, 47, 47), new RGB(204, 204, 204)));
    }

    @Test
    void knowsDarkFromLight() {
        assertEquals(List.of(false, true), themes().map(Palette::isDark).toList());
    }

    /** The contrast that WCAG 2.1 asks of text. */
    @ParameterizedTest
    @MethodSource("themes")
    void wordsCanBeReadInEveryTheme(Palette palette) {
        for (RGB words : new RGB[] {palette.foreground().getRGB(), palette.warning().getRGB(),
                palette.error().getRGB(), palette.accent().getRGB(), palette.muted().getRGB()}) {
            assertTrue(contrast(words, palette.back()) >= LEGIBLE, words + " on " + palette.back());
        }
    }

    private static double contrast(RGB one, RGB other) {
        double first = luminance(one);
        double second = luminance(other);
        return (Math.max(first, second) + 0.05) / (Math.min(first, second) + 0.05);
    }

    private static double luminance(RGB colour) {
        return 0.2126 * linear(colour.red) + 0.7152 * linear(colour.green) + 0.0722 * linear(colour.blue);
    }

    private static double linear(int level) {
        double share = level / 255.0;
        return share <= 0.03928 ? share / 12.92 : Math.pow((share + 0.055) / 1.055, 2.4);
    }
}
