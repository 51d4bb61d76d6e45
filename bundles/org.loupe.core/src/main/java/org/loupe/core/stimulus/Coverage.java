package org.loupe.core.stimulus;

/** How much of a pixel something covers, when its border is locally straight: what stimuli are softened with. */
public final class Coverage {

    private Coverage() {
    }

    /**
     * The share of a pixel that lies inside.
     *
     * @param distance from the border to the pixel's middle, in pixels; negative inside
     */
    public static double inside(double distance) {
        return Math.max(0, Math.min(1, .5 - distance));
    }

    /**
     * The share of a pixel that a stroke covers.
     *
     * @param distance from the middle of the stroke to the pixel's middle, at least 0
     * @param width    of the stroke in pixels; below 1, the pixel is covered in part only
     */
    public static double stroke(double distance, double width) {
        return Math.max(0, Math.min(distance + .5, width / 2) - Math.max(distance - .5, -width / 2));
    }

    /** Distance from a point to a straight piece between two others. */
    static double toSegment(double row, double column, double fromRow, double fromColumn, double toRow, double toColumn) {
        double down = toRow - fromRow;
        double right = toColumn - fromColumn;
        double square = down * down + right * right;
        double along = square == 0 ? 0
                : Math.max(0, Math.min(1, ((row - fromRow) * down + (column - fromColumn) * right) / square));
        return Math.hypot(row - fromRow - along * down, column - fromColumn - along * right);
    }

    /**
     * Distance from a point to an arc about the origin.
     *
     * @param half half of the angle that the arc covers, in radians
     * @param apex direction of its middle, in radians from right towards down
     */
    static double toArc(double row, double column, double radius, double apex, double half) {
        double away = Math.hypot(row, column);
        double turned = StrictMath.atan2(row, column) - apex;
        double apart = Math.abs(turned - 2 * Math.PI * Math.rint(turned / (2 * Math.PI)));
        if (apart <= half) {
            return Math.abs(away - radius);
        }
        return StrictMath.sqrt(Math.max(0, away * away + radius * radius
                - 2 * away * radius * StrictMath.cos(apart - half)));
    }
}
