package org.loupe.formats.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.loupe.core.network.NetworkException;
import org.loupe.core.network.Operation.Alignment;
import org.loupe.core.network.Operation.Crop;
import org.loupe.core.network.Operation.Fill;
import org.loupe.core.network.Operation.Interpolation;
import org.loupe.core.network.Operation.Padding;
import org.loupe.core.network.Operation.Resize;
import org.loupe.formats.onnx.Model.Node;
import org.loupe.formats.onnx.Pending.PaddedChannels;
import org.loupe.formats.onnx.Steps.Place;
import org.loupe.formats.onnx.View.Atom;
import org.loupe.formats.onnx.View.Role;

/** Gives arrays other numbers of rows and columns: padding and resizing. */
final class Framing {

    private Framing() {
    }

    static Value padding(Call call) {
        Node node = call.node();
        View view = call.view(0);
        int rank = view.rank();
        int[] pads = new int[2 * rank];
        int[] given = node.has("pads") ? Cutting.clamped(node.integers("pads")) : call.has(1) ? call.constant(1).ints() : Cutting.clamped(node.integers("paddings"));
        int[] axes = call.has(3) ? Arrays.stream(call.constant(3).ints()).map(axis -> Call.axis(axis, rank)).toArray()
                : IntStream.range(0, rank).toArray();
        if (given.length != 2 * axes.length) {
            throw new NetworkException("its pads are " + given.length + " numbers for " + axes.length + " axes");
        }
        for (int i = 0; i < axes.length; i++) {
            pads[axes[i]] = given[i];
            pads[rank + axes[i]] = given[axes.length + i];
        }
        float value = call.has(2) ? (float) call.constant(2).number() : node.number("value", 0);
        String mode = node.text("mode", "constant");
        return padded(call, view, pads, mode.isEmpty() ? "constant" : mode, value);
    }

    private static Value padded(Call call, View view, int[] pads, String mode, float value) {
        int rank = view.rank();
        int[] margins = new int[4];
        List<List<Atom>> axes = new ArrayList<>(view.axes());
        for (int axis = 0; axis < rank; axis++) {
            int before = pads[axis];
            int after = pads[rank + axis];
            if (before == 0 && after == 0) {
                continue;
            }
            boolean rows = view.isWhole(axis, Role.ROW) && !view.axes().get(axis).isEmpty();
            boolean columns = view.isWhole(axis, Role.COLUMN) && !view.axes().get(axis).isEmpty();
            if (view.isImage()) {
                rows = axis == 2;
                columns = axis == 3;
            }
            if (view.isWhole(axis, Role.CHANNEL) && !rows && !columns && mode.equals("constant") && value == 0 && before >= 0
                    && after >= 0 && before <= 1 << 10 && after <= 1 << 10) {
                return new PaddedChannels(view, axis, before, after);
            }
            if (!rows && !columns) {
                throw new Unsupported("Pad over something else than rows and columns");
            }
            margins[rows ? 0 : 1] = before;
            margins[rows ? 2 : 3] = after;
            int size = Math.addExact(view.sizes()[axis], Math.addExact(before, after));
            if (size < 1) {
                throw new NetworkException("it leaves nothing");
            }
            axes.set(axis, View.whole(rows ? Role.ROW : Role.COLUMN, size));
        }
        if (Arrays.stream(margins).allMatch(margin -> margin == 0)) {
            return view;
        }
        Fill fill = switch (mode) {
            case "constant" -> Fill.CONSTANT;
            case "reflect" -> Fill.REFLECTION;
            case "edge" -> Fill.EDGE;
            default -> throw new Unsupported("Pad in the mode " + mode);
        };
        String input = view.operation();
        Place place = call.place();
        if (Arrays.stream(margins).anyMatch(margin -> margin < 0)) {
            Place cropped = Arrays.stream(margins).anyMatch(margin -> margin > 0) ? place.before("cropped") : place;
            input = call.steps().add(new Crop(cropped.name(), input, Math.max(0, -margins[0]), Math.max(0, -margins[1]),
                    Math.max(0, -margins[2]), Math.max(0, -margins[3]), 1, 1), cropped);
        }
        if (Arrays.stream(margins).anyMatch(margin -> margin > 0)) {
            input = call.steps().add(new Padding(place.name(), input, Math.max(0, margins[0]), Math.max(0, margins[1]),
                    Math.max(0, margins[2]), Math.max(0, margins[3]), fill, value), place);
        }
        return new View(input, call.steps().shape(input), view.images(), axes);
    }

    static Value resize(Call call) {
        Node node = call.node();
        View view = call.image(0);
        boolean old = node.type().equals("Upsample") || call.opset() < 11;
        double[] scales = scales(call, view, old);
        if (scales[0] != 1 || scales[1] != 1) {
            throw new Unsupported("Resize over images or channels");
        }
        String mode = node.text("mode", "nearest").toLowerCase(Locale.ROOT);
        String where = old ? "asymmetric" : node.text("coordinate_transformation_mode", "half_pixel");
        String nearest = old ? "floor" : node.text("nearest_mode", "round_prefer_floor");
        boolean single = Resize.scaled(view.shape().rows(), scales[2]) > 1 && Resize.scaled(view.shape().columns(), scales[3]) > 1;
        Alignment alignment = switch (where) {
            case "half_pixel" -> Alignment.HALF_PIXEL;
            case "pytorch_half_pixel" -> single ? Alignment.HALF_PIXEL : null;
            case "asymmetric" -> Alignment.ORIGIN;
            case "align_corners" -> Alignment.CORNERS;
            default -> null;
        };
        Interpolation interpolation = switch (mode) {
            case "linear", "bilinear" -> Interpolation.LINEAR;
            case "nearest" -> nearest.equals("floor") ? Interpolation.FLOOR
                    : nearest.equals("round_prefer_floor") ? Interpolation.NEAREST : null;
            default -> null;
        };
        boolean antialias = node.integer("antialias", 0) != 0 && (scales[2] < 1 || scales[3] < 1);
        if (alignment == null || interpolation == null || antialias) {
            throw new Unsupported("Resize in the mode " + mode + (mode.equals("nearest") ? " (" + nearest + ")" : "") + " with "
                    + where + (antialias ? " and antialiasing" : ""));
        }
        String name = call.steps().add(new Resize(call.place().name(), view.operation(), scales[2], scales[3], interpolation,
                alignment), call.place());
        return View.image(name, call.steps().shape(name), view.images());
    }

    private static double[] scales(Call call, View view, boolean old) {
        Node node = call.node();
        int[] sizes = view.sizes();
        double[] scales = new double[4];
        int input = old ? 1 : 2;
        int[] axes = node.has("axes") ? Call.sorted(call.axes(-1), 4) : new int[] {0, 1, 2, 3};
        Arrays.fill(scales, 1);
        if (node.has("scales")) {
            float[] given = node.attributes().get("scales").numbers();
            for (int i = 0; given != null && i < Math.min(4, given.length); i++) {
                scales[i] = given[i];
            }
        } else if (call.has(input) && call.constant(input).count() > 0) {
            Constant given = call.constant(input);
            for (int i = 0; i < axes.length; i++) {
                scales[axes[i]] = given.at(i);
            }
        } else if (call.has(3) && node.text("keep_aspect_ratio_policy", "stretch").equals("stretch")) {
            int[] wanted = call.constant(3).ints();
            for (int i = 0; i < axes.length; i++) {
                scales[axes[i]] = (double) wanted[i] / sizes[axes[i]];
            }
        } else {
            throw new Unsupported("Resize with sizes that the file does not say");
        }
        return scales;
    }
}
