package org.loupe.engine.onednn;

import java.util.List;
import org.bytedeco.dnnl.memory;

/** Adds arrays whose channels lie in the same positions. */
final class AdditionKernel implements Kernel {

    private final Construction construction;
    private final String name;
    private final List<Array> from;
    private final Array to;

    AdditionKernel(Construction construction, String name, List<Array> from, Array to) {
        this.construction = construction;
        this.name = name;
        this.from = from;
        this.to = to;
        if (from.size() == 1) {
            construction.reorder(construction.forward(), name, from.get(0).value(), to.value());
            return;
        }
        memory sum = from.get(0).value();
        for (Array more : from.subList(1, from.size())) {
            construction.add(construction.forward(), name, sum, more.value(), to.value(), Construction.alone());
            sum = to.value();
        }
    }

    @Override
    public void backward() {
        for (int i = from.size() - 1; i > 0; i--) {
            construction.contribute(from.get(i),
                    target -> construction.reorder(construction.backward(), name + " back", to.slope(), target));
        }
        construction.pass(name, to, from.get(0));
    }
}
