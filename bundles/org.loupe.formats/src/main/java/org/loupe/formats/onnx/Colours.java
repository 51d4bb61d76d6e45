package org.loupe.formats.onnx;

import java.util.ArrayList;
import java.util.List;
import org.loupe.core.network.Operation.Selection;
import org.loupe.formats.onnx.Steps.Line;
import org.loupe.formats.onnx.Steps.Place;

/** Puts together what a graph took apart to treat channels one by one, as torchvision does with an input's colours. */
final class Colours {

    private Colours() {
    }

    /** One array that is the concatenation of some, where they are channels of one array, scaled and shifted; or null. */
    static View together(Steps steps, Place place, List<View> parts) {
        List<Integer> channels = new ArrayList<>();
        List<Float> scales = new ArrayList<>();
        List<Float> shifts = new ArrayList<>();
        String source = null;
        for (View part : parts) {
            Line line = steps.line(part.operation());
            String name = line == null ? part.operation() : line.input();
            if (!(steps.operation(name) instanceof Selection selection) || source != null && !source.equals(selection.input())) {
                return null;
            }
            source = selection.input();
            for (int i = 0; i < selection.channels().size(); i++) {
                channels.add(selection.channels().get(i));
                scales.add(line == null ? 1 : line.scale()[i]);
                shifts.add(line == null ? 0 : line.shift()[i]);
            }
        }
        boolean ordered = channels.size() == steps.shape(source).channels();
        for (int i = 0; i < channels.size(); i++) {
            ordered &= channels.get(i) == i;
        }
        View first = parts.get(0);
        int axis = first.channelAxis(1);
        List<List<View.Atom>> axes = new ArrayList<>(first.axes());
        axes.set(axis, View.whole(View.Role.CHANNEL, channels.size()));
        String name = source;
        if (!ordered) {
            Place before = place.before("channels");
            name = steps.add(new Selection(before.name(), source, channels), before);
        }
        View whole = new View(name, steps.shape(name), first.images(), axes);
        return steps.line(place, whole, array(scales), array(shifts));
    }

    private static float[] array(List<Float> numbers) {
        float[] array = new float[numbers.size()];
        for (int i = 0; i < array.length; i++) {
            array[i] = numbers.get(i);
        }
        return array;
    }
}
