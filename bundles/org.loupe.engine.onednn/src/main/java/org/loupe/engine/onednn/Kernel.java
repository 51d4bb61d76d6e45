package org.loupe.engine.onednn;

/** One step of a plan. When it is made, it adds its calls forward. */
interface Kernel {

    /** Adds the calls that carry the gradient with respect to the output on to the inputs. */
    void backward();
}
