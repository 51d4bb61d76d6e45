package org.loupe.core.stimulus;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.loupe.core.Batch;

/**
 * One stimulus, which can be painted at any size and place. The same stimulus is the same, bit by bit, everywhere.
 *
 * @param family  how it looks
 * @param setting with a value for each of {@link #parameters}
 */
public record Stimulus(StimulusFamily family, Setting setting) {

    static final String INK = "ink";
    static final String INK_HUE = "ink-hue";
    static final String INK_SATURATION = "ink-saturation";
    static final String GROUND = "ground";
    static final String GROUND_HUE = "ground-hue";
    static final String GROUND_SATURATION = "ground-saturation";
    static final String DOWN = "down";
    static final String RIGHT = "right";

    private static final double[] LUMA = {.299, .587, .114};

    /** What the stimuli of a family depend on: the family's own parameters, then colours and place. */
    public static List<Parameter> parameters(StimulusFamily family, int side) {
        Map<String, Parameter> all = new LinkedHashMap<>();
        family.parameters(side).forEach(parameter -> all.put(parameter.name(), parameter));
        double half = side / 2.0;
        double step = side / 64.0;
        for (Parameter common : List.of(
                Parameter.share(INK, "Ink", .25), Parameter.angle(INK_HUE, "Ink hue", 360, 10),
                Parameter.share(INK_SATURATION, "Ink saturation", 0),
                Parameter.share(GROUND, "Ground", .65), Parameter.angle(GROUND_HUE, "Ground hue", 360, 10),
                Parameter.share(GROUND_SATURATION, "Ground saturation", 0),
                Parameter.length(DOWN, "Moved down", -half, half, 0, step),
                Parameter.length(RIGHT, "Moved right", -half, half, 0, step))) {
            all.putIfAbsent(common.name(), common);
        }
        return List.copyOf(all.values());
    }

    /** Stimuli for every combination of the values of some sweeps; the last sweep runs fastest. */
    public static List<Stimulus> grid(StimulusFamily family, Setting setting, List<Sweep> sweeps) {
        List<Setting> settings = List.of(setting);
        for (Sweep sweep : sweeps) {
            List<Setting> longer = new ArrayList<>();
            for (Setting before : settings) {
                for (double value : sweep.values()) {
                    longer.add(before.with(sweep.parameter(), value));
                }
            }
            settings = longer;
        }
        return settings.stream().map(one -> new Stimulus(family, one)).toList();
    }

    /**
     * Paints it over one image of a batch.
     *
     * @param batch  of 3 channels, red, green and blue from 0 to 1, or of 1 grey channel
     * @param row    where its middle lies; the middle of the uppermost pixels has row 0
     * @param column the middle of the leftmost pixels has column 0
     */
    public void paint(Batch batch, int image, double row, double column) {
        double[] ink = colour(setting.of(INK_HUE), setting.of(INK_SATURATION), setting.of(INK), batch.channels());
        double[] ground = colour(setting.of(GROUND_HUE), setting.of(GROUND_SATURATION), setting.of(GROUND),
                batch.channels());
        Pattern pattern = family.pattern(setting);
        double middleRow = row + setting.of(DOWN);
        double middleColumn = column + setting.of(RIGHT);
        float[] values = batch.values();
        int from = batch.offset(image, 0);
        for (int r = 0; r < batch.rows(); r++) {
            for (int c = 0; c < batch.columns(); c++) {
                double share = Math.max(0, Math.min(1, pattern.ink(r - middleRow, c - middleColumn)));
                int at = from + r * batch.columns() + c;
                for (int channel = 0; channel < ink.length; channel++) {
                    values[at + channel * batch.area()] = (float) (ground[channel] + share * (ink[channel] - ground[channel]));
                }
            }
        }
    }

    /** The colour of a hue in degrees, a saturation and a value from 0 to 1 (HSV), as so many channels. */
    private static double[] colour(double hue, double saturation, double value, int channels) {
        double[] colour = new double[3];
        double grey = 0;
        for (int channel = 0; channel < 3; channel++) {
            double k = (new int[] {5, 3, 1}[channel] + hue / 60) % 6;
            colour[channel] = value - value * saturation * Math.max(0, Math.min(1, Math.min(k, 4 - k)));
            grey += LUMA[channel] * colour[channel];
        }
        if (channels == 1) {
            return new double[] {grey};
        }
        if (channels != 3) {
            throw new IllegalArgumentException("Stimuli are painted in 3 channels, or 1 where they are grey, not in "
                    + channels + ".");
        }
        return colour;
    }
}
