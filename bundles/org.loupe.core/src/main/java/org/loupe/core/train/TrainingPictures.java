package org.loupe.core.train;

/**
 * Pictures to learn from, with what they show. Asked from one thread at a time, each picture once in an epoch.
 */
public interface TrainingPictures {

    /** Number of pictures. */
    int size();

    /**
     * Writes one picture, of the size that the network wants.
     *
     * @param index  from 0
     * @param values where to write: colours from 0 to 1 in the order (channel, row, column)
     */
    void picture(int index, float[] values);

    /**
     * What a picture shows.
     *
     * @param index of the picture
     * @param head  0 for the network's own classes, and 1, 2, … for the plan's auxiliary heads in their order
     * @return a class from 0 to the number of that head's classes - 1
     */
    int label(int index, int head);
}
