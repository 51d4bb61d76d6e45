package org.loupe.core.train;

/**
 * How surprised a classifier is by what pictures show, with some belief spread over all classes (label smoothing,
 * Szegedy and others 2015).
 *
 * @param classes   number of classes
 * @param smoothing share of the wanted distribution that is spread over all classes
 */
public record CrossEntropy(int classes, double smoothing) {

    /**
     * Returns the mean loss over pictures and writes its gradient.
     *
     * @param logits   of the shape (image, class)
     * @param labels   one for each image
     * @param weight   what the gradient is multiplied by; the loss is not
     * @param gradient of the shape of the logits
     */
    public double loss(float[] logits, int[] labels, double weight, float[] gradient) {
        double sum = 0;
        for (int image = 0; image < labels.length; image++) {
            int from = image * classes;
            double largest = logits[from + likeliest(logits, image)];
            double total = 0;
            for (int i = from; i < from + classes; i++) {
                total += StrictMath.exp(logits[i] - largest);
            }
            for (int i = from; i < from + classes; i++) {
                double wanted = smoothing / classes + (i == from + labels[image] ? 1 - smoothing : 0);
                double logProbability = logits[i] - largest - StrictMath.log(total);
                sum -= wanted * logProbability;
                gradient[i] = (float) (weight * (StrictMath.exp(logProbability) - wanted) / labels.length);
            }
        }
        return sum / labels.length;
    }

    /** The class with the largest logit of one image. */
    public int likeliest(float[] logits, int image) {
        int best = 0;
        for (int i = 1; i < classes; i++) {
            if (logits[image * classes + i] > logits[image * classes + best]) {
                best = i;
            }
        }
        return best;
    }
}
