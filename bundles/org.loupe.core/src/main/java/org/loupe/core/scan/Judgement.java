package org.loupe.core.scan;

/**
 * What a person has said of a picture without knowing how much it excites the unit.
 *
 * @param picture  name of the picture
 * @param row      of the most excited position of the channel's map
 * @param column   of the most excited position
 * @param value    the activation there
 * @param weight   how many pictures of the set this one stands for
 * @param verdict  whether it shows what the unit is said to be
 * @param isRepeat whether the picture was asked about before
 */
public record Judgement(String picture, int row, int column, float value, double weight, Verdict verdict,
        boolean isRepeat) {

    /** What can be said. */
    public enum Verdict {

        /** It shows it. */
        YES(1),

        /** It shows a part of it, or something like it. */
        PARTLY(0.5),

        /** It does not show it. */
        NO(0);

        private final double score;

        Verdict(double score) {
            this.score = score;
        }

        /** From 0 for no to 1 for yes. */
        public double score() {
            return score;
        }
    }
}
