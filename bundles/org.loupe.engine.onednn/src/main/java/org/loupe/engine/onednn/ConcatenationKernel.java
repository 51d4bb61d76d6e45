package org.loupe.engine.onednn;

import java.util.ArrayList;
import java.util.List;

/** Puts channels together. Parts that were written in place need nothing done; others are copied. */
final class ConcatenationKernel implements Kernel {

    private record Copy(Array from, Array part) {
    }

    private final Construction construction;
    private final String name;
    private final Array to;
    private final boolean rectified;
    private final List<Copy> copies = new ArrayList<>();

    /**
     * @param inputs    in order; nothing for those that were written in place
     * @param rectified whether all parts are rectified, so that the gradient stops where the output is zero
     */
    ConcatenationKernel(Construction construction, String name, List<Input> inputs, boolean rectified, Array to) {
        this.construction = construction;
        this.name = name;
        this.to = to;
        this.rectified = rectified;
        int position = 0;
        for (Input input : inputs) {
            if (!input.inPlace()) {
                Copy copy = new Copy(input.array(), to.part(position, input.array().slots()));
                construction.reorder(construction.forward(), name, copy.from.value(), copy.part.value());
                copies.add(copy);
            }
            position += input.array().slots().width();
        }
    }

    /**
     * What is put together.
     *
     * @param inPlace whether the array already is a part of the concatenation
     */
    record Input(Array array, boolean inPlace) {
    }

    @Override
    public void backward() {
        if (rectified) {
            ActivationKernel.stop(construction, name, Eltwise.RELU, to, to.slope());
        }
        for (Copy copy : copies) {
            construction.contribute(copy.from, target -> construction.reorder(construction.backward(), name + " back",
                    copy.part.slope(), target));
        }
    }
}
