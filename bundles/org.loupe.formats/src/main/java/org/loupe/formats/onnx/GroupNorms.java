package org.loupe.formats.onnx;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.loupe.core.network.NetworkException;
import org.loupe.core.network.Nonlinearity.Power;
import org.loupe.core.network.Operation.Arithmetic;
import org.loupe.core.network.Operation.Convolution;
import org.loupe.core.network.Operation.GlobalAverage;
import org.loupe.core.network.Operation.Sign;
import org.loupe.core.network.Weights;
import org.loupe.core.network.Window;
import org.loupe.formats.onnx.Steps.Place;
import org.loupe.formats.onnx.View.Atom;
import org.loupe.formats.onnx.View.Role;

/**
 * Instance and group normalization (Ulyanov et al. 2016; Wu and He 2018): each group of neighbouring channels less its mean over
 * the picture, by its standard deviation, written out as operations that every engine has.
 */
final class GroupNorms {

    private GroupNorms() {
    }

    /**
     * InstanceNormalization, of each channel, or of each group of channels where a reshaping has made one axis of the groups and
     * one of all that is in them, which is how exporters write group normalization for older opsets.
     */
    static Value instances(Call call) {
        View view = call.view(0);
        int groups = view.rank() < 2 ? 0 : view.sizes()[1];
        int channels = view.shape().channels();
        boolean fits = groups > 0 && channels % groups == 0 && Set.of(Role.IMAGE).containsAll(view.roles(0))
                && view.axes().get(1).equals(groups == 1 ? List.of() : List.of(new Atom(Role.CHANNEL, groups, channels / groups)));
        if (!fits) {
            throw new Unsupported("InstanceNormalization over something else than channels or groups of them");
        }
        return normalized(call, view, groups);
    }

    static Value groups(Call call) {
        View view = call.image(0);
        long groups = call.node().integer("num_groups", 0);
        int channels = view.shape().channels();
        if (groups < 1 || channels % groups != 0) {
            throw new NetworkException("it makes " + groups + " groups of " + channels + " channels");
        }
        return normalized(call, view, (int) groups);
    }

    private static View normalized(Call call, View view, int groups) {
        Steps steps = call.steps();
        Place place = call.place();
        int channels = view.shape().channels();
        float[] scale = spread(call, 1, groups, channels);
        float[] shift = spread(call, 2, groups, channels);
        String mean = mean(call, place.before("mean"), view.operation(), groups);
        Place at = place.before("centred");
        String centred = steps.add(new Arithmetic(at.name(), view.operation(), Sign.MINUS, mean), at);
        View squares = steps.activation(place.before("squares"), view.of(centred), new Power(2));
        String variance = mean(call, place.before("variance"), squares.operation(), groups);
        View spread = View.image(variance, steps.shape(variance), view.images());
        spread = steps.line(place.before("guarded"), spread, new float[] {1}, new float[] {call.node().number("epsilon", 1e-5f)});
        spread = steps.activation(place.before("deviation"), spread, new Power(0.5f));
        boolean plain = Steps.all(scale, 1) && Steps.all(shift, 0);
        Place last = plain ? place : place.before("normalized");
        String whitened = steps.add(new Arithmetic(last.name(), centred, Sign.OVER, spread.operation()), last);
        return plain ? view.of(whitened) : steps.line(place, view.of(whitened), scale, shift);
    }

    /** One number for each channel, of one for each channel or one for each group. */
    private static float[] spread(Call call, int input, int groups, int channels) {
        float[] given = call.finite(input);
        if (given.length != groups && given.length != channels) {
            throw new NetworkException("its input " + call.node().inputs().get(input) + " has " + given.length + " numbers for "
                    + groups + " groups of " + channels + " channels");
        }
        int each = channels / given.length;
        call.budget().take(channels);
        float[] all = new float[channels];
        for (int i = 0; i < channels; i++) {
            all[i] = given[i / each];
        }
        return all;
    }

    /** The mean over the picture and over the channels of each group, once for each channel. */
    private static String mean(Call call, Place place, String input, int groups) {
        Steps steps = call.steps();
        int channels = steps.shape(input).channels();
        Place over = groups == channels ? place : place.before("over positions");
        String each = steps.add(new GlobalAverage(over.name(), input), over);
        if (groups == channels) {
            return each;
        }
        int size = channels / groups;
        call.budget().take((long) channels * size);
        float[] weights = new float[channels * size];
        Arrays.fill(weights, 1f / size);
        return steps.add(new Convolution(place.name(), each, new Weights(new int[] {channels, size, 1, 1}, weights),
                Weights.vector(new float[channels]), Window.square(1, 1, 0), groups), place);
    }
}
