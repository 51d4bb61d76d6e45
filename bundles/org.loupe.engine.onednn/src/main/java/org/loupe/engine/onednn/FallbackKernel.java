package org.loupe.engine.onednn;

import java.util.List;

/** Runs a {@link Fallback}: brings its inputs to the Java heap and its output back. */
final class FallbackKernel implements Kernel {

    private final Construction construction;
    private final String name;
    private final Fallback fallback;
    private final List<Array> from;
    private final Array to;
    private final List<PlainArray> in;
    private final PlainArray out;

    FallbackKernel(Construction construction, String name, Fallback fallback, List<Array> from, Array to) {
        this.construction = construction;
        this.name = name;
        this.fallback = fallback;
        this.from = from;
        this.to = to;
        in = from.stream().map(array -> new PlainArray(construction, array)).toList();
        out = new PlainArray(construction, to);
        for (int i = 0; i < in.size(); i++) {
            in.get(i).read(construction.forward(), name, from.get(i).value());
        }
        construction.forward().add(name, () -> fallback.forward(values(in), out.values()));
        out.write(construction.forward(), name, to.value());
    }

    @Override
    public void backward() {
        List<PlainArray> slopes = from.stream().map(array -> new PlainArray(construction, array)).toList();
        String what = name + " back";
        out.read(construction.backward(), what, to.slope());
        construction.backward().add(what, () -> fallback.backward(values(in), out.values(), values(slopes)));
        for (int i = 0; i < slopes.size(); i++) {
            PlainArray slope = slopes.get(i);
            construction.contribute(from.get(i), target -> slope.write(construction.backward(), what, target));
        }
    }

    private static List<float[]> values(List<PlainArray> arrays) {
        return arrays.stream().map(PlainArray::values).toList();
    }
}
