package org.loupe.engine.onednn;

import org.bytedeco.dnnl.memory;
import org.loupe.core.engine.Engine;
import org.loupe.core.engine.EngineException;
import org.loupe.core.engine.Session;
import org.loupe.core.network.Network;

/**
 * oneDNN with arrays and weights of bfloat16, which has the range of 32 bits and three digits: about twice as fast where
 * the processor multiplies them by itself, and only for who asks for it. Sums within a primitive keep 32 bits.
 *
 * <p>Its name and description are in every recipe, so that what was made with it is not taken for anything else.
 */
public final class Bfloat16Engine implements Engine {

    /** What {@link #name} returns. */
    public static final String NAME = "onednn-bf16";

    @Override
    public String name() {
        return NAME;
    }

    /** Such as {@code oneDNN 3.11.0, avx512_core_bf16, 2 threads, numbers of bfloat16}. */
    @Override
    public String description() {
        return Library.describe() + ", numbers of bfloat16";
    }

    /** @throws EngineException where the processor has no instructions for it */
    @Override
    public Session open(Network network) {
        Library.load();
        if (!Device.multipliesBfloat16()) {
            throw new EngineException("This processor does not multiply numbers of bfloat16 by itself (" + Library.describe()
                    + "). Choose --engine " + OneDnnEngine.NAME + ".");
        }
        return new OneDnnSession(network, this, memory.data_type.bf16);
    }
}
