package org.loupe.formats.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.loupe.core.network.NetworkException;
import org.loupe.core.network.Nonlinearity;
import org.loupe.core.network.Nonlinearity.Clip;
import org.loupe.core.network.Nonlinearity.Gelu;
import org.loupe.core.network.Nonlinearity.Power;
import org.loupe.core.network.Nonlinearity.TanhGelu;
import org.loupe.core.network.Operation;
import org.loupe.core.network.Operation.Activation;
import org.loupe.core.network.Operation.Addition;
import org.loupe.core.network.Operation.Arithmetic;
import org.loupe.core.network.Operation.Sign;
import org.loupe.core.network.Shape;
import org.loupe.formats.onnx.Pending.ErrorLine;
import org.loupe.formats.onnx.Steps.Line;
import org.loupe.formats.onnx.Steps.Place;
import org.loupe.formats.onnx.View.Atom;
import org.loupe.formats.onnx.View.Role;

/** Arithmetic of two values, at least one of which depends on the picture. */
final class Pairs {

    private Pairs() {
    }

    /** What a node of two inputs makes, or the first two of several. */
    static Value pair(Call call) {
        Value result = call.value(0);
        int count = call.inputs().size();
        for (int i = 1; i < count; i++) {
            Place place = i == count - 1 ? call.place() : call.place().before("part " + i);
            result = pair(call, place, result, call.value(i));
        }
        return result;
    }

    private static Value pair(Call call, Place place, Value left, Value right) {
        String type = call.node().type();
        if (left instanceof ErrorLine || right instanceof ErrorLine) {
            return errorLine(call, place, left, right);
        }
        if (left instanceof View one && right instanceof View other) {
            Sign sign = switch (type) {
                case "Add", "Sum" -> Sign.PLUS;
                case "Sub" -> Sign.MINUS;
                case "Mul" -> Sign.TIMES;
                case "Div" -> Sign.OVER;
                case "Max" -> Sign.MAXIMUM;
                case "Min" -> Sign.MINIMUM;
                default -> throw new Unsupported(type + " of two arrays");
            };
            return views(call.steps(), place, type, one, sign, other);
        }
        if (left instanceof View view && right instanceof Constant constant) {
            return constant(call.steps(), place, type, view, constant, false);
        }
        if (left instanceof Constant constant && right instanceof View view) {
            return constant(call.steps(), place, type, view, constant, true);
        }
        throw new Unsupported(left instanceof Pending pending ? pending.kind() : ((Pending) right).kind());
    }

    private static View views(Steps steps, Place place, String type, View left, Sign sign, View right) {
        List<List<Atom>> axes = merged(left, right);
        View one = left;
        View other = right;
        if (axes == null) {
            one = steps.ordered(place.before("left"), left);
            other = steps.ordered(place.before("right"), right);
            axes = merged(one, other);
        }
        if (axes == null || one.images() != other.images()) {
            throw new Unsupported(type + " of arrays whose axes do not match");
        }
        
        if (sign == Sign.TIMES) {
            Formulas.Multiple multiple = Formulas.tanhGelu(steps, one.operation(), other.operation());
            multiple = multiple != null ? multiple : Formulas.tanhGelu(steps, other.operation(), one.operation());
            if (multiple != null) {
                return scaled(steps, place, one, multiple.input(), new TanhGelu(), multiple.factor());
            }
        }
        Operation operation = one.shape().equals(other.shape())
                ? Formulas.pair(steps, place.name(), one.operation(), sign, other.operation()) : null;
        if (operation == null && sign == Sign.OVER) {
            operation = Formulas.pair(steps, place.name(), one.operation(), sign, other.operation());
        }
        if (operation == null) {
            operation = sign == Sign.PLUS && one.shape().equals(other.shape())
                    ? new Addition(place.name(), List.of(one.operation(), other.operation()))
                    : new Arithmetic(place.name(), one.operation(), sign, other.operation());
        }
        String name = steps.add(operation, place);
        return new View(name, steps.shape(name), one.images(), axes);
    }

    /** A nonlinearity times a factor; where a later factor makes that 1, only the nonlinearity is left. */
    private static View scaled(Steps steps, Place place, View like, String input, Nonlinearity function, float factor) {
        boolean one = Formulas.near(factor, 1);
        Place at = one ? place : place.before("function");
        String name = steps.add(new Activation(at.name(), input, function), at);
        return one ? like.of(name) : steps.line(place, like.of(name), new float[] {factor}, new float[] {0});
    }

    /** The axes of two arrays side by side, the last ones matched; null where they do not fit as they are. */
    private static List<List<Atom>> merged(View left, View right) {
        int rank = Math.max(left.rank(), right.rank());
        List<List<Atom>> axes = new ArrayList<>();
        for (int axis = 0; axis < rank; axis++) {
            List<Atom> one = at(left, axis - rank + left.rank());
            List<Atom> other = at(right, axis - rank + right.rank());
            if (!one.isEmpty() && !other.isEmpty() && !one.equals(other)) {
                return null;
            }
            axes.add(one.isEmpty() ? other : one);
        }
        for (Role role : Role.values()) {
            long size = 1;
            for (List<Atom> axis : axes) {
                for (Atom atom : axis) {
                    size *= atom.role() == role ? atom.size() : 1;
                }
            }
            int one = left.size(role);
            int other = right.size(role);
            if (size != Math.max(one, other) || one != other && one != 1 && other != 1) {
                return null;
            }
        }
        return axes;
    }

    private static List<Atom> at(View view, int axis) {
        return axis < 0 ? List.of() : view.axes().get(axis);
    }

    private static Value constant(Steps steps, Place place, String type, View view, Constant constant, boolean first) {
        View ordered = view;
        float[] values = uniform(constant);
        if (values == null) {
            ordered = steps.ordered(place, view);
            values = perChannel(type, ordered, constant);
        }
        while (constant.rank() > ordered.rank()) {
            List<List<Atom>> more = new ArrayList<>(ordered.axes());
            more.add(0, List.of());
            ordered = ordered.with(more);
        }
        float[] none = {0};
        float[] same = {1};
        switch (type) {
            case "Add", "Sum":
                return steps.line(place, ordered, same, values);
            case "Sub":
                return first ? steps.line(place, ordered, new float[] {-1}, values) : steps.line(place, ordered, same, times(values, -1));
            case "Mul":
                return steps.line(place, ordered, values, none);
            case "Div":
                return first
                        ? steps.line(place, steps.activation(place.before("reciprocal"), ordered, new Power(-1)), values, none)
                        : steps.line(place, ordered, reciprocal(values), none);
            default:
                return uniformOnly(steps, place, type, ordered, values, first);
        }
    }

    private static View uniformOnly(Steps steps, Place place, String type, View view, float[] values, boolean first) {
        if (values.length == 1) {
            float value = values[0];
            if (type.equals("Pow") && !first) {
                return value == 1 ? view : steps.activation(place, view, new Power(value));
            }
            if (type.equals("Max")) {
                return value == 0 ? steps.relu(place, view) : steps.activation(place, view, new Clip(value, Float.MAX_VALUE));
            }
            if (type.equals("Min")) {
                return steps.activation(place, view, new Clip(-Float.MAX_VALUE, value));
            }
        }
        throw new Unsupported(type + " with a constant");
    }

    private static float[] times(float[] values, float factor) {
        float[] result = values.clone();
        for (int i = 0; i < result.length; i++) {
            result[i] *= factor;
        }
        return result;
    }

    private static float[] reciprocal(float[] values) {
        float[] result = new float[values.length];
        for (int i = 0; i < result.length; i++) {
            result[i] = 1 / values[i];
        }
        return result;
    }

    /** The one number that an array holds, perhaps many times, or null. */
    static float[] uniform(Constant constant) {
        if (constant.count() == 0) {
            throw new NetworkException("one of its inputs is empty");
        }
        double first = constant.at(0);
        for (int i = 1; i < constant.count(); i++) {
            if (constant.at(i) != first) {
                return null;
            }
        }
        return new float[] {(float) first};
    }

    /** One number for each channel of a view whose channels are in their own order. */
    static float[] perChannel(String type, View view, Constant constant) {
        int[] sizes = constant.sizes();
        int varying = -1;
        for (int axis = 0; axis < sizes.length; axis++) {
            if (sizes[axis] > 1) {
                int own = axis - sizes.length + view.rank();
                if (varying >= 0 || own < 0 || !view.isWhole(own, Role.CHANNEL)) {
                    throw new Unsupported(type + " with an array of the shape " + Arrays.toString(sizes)
                            + ", which differs from place to place");
                }
                varying = own;
            }
        }
        if (constant.count() != view.shape().channels()) {
            throw new NetworkException("it has " + constant.count() + " numbers for " + view.shape().channels() + " channels");
        }
        return constant.floats();
    }

    /** {@code Erf(x)}, which only becomes an operation as a part of Gelu. */
    static Value errorFunction(Call call) {
        View view = call.view(0);
        Line line = call.steps().line(view.operation());
        boolean scaled = line != null && line.isUniform() && line.shift()[0] == 0;
        return scaled ? new ErrorLine(view.of(line.input()), line.scale()[0], 1, 0) : new ErrorLine(view, 1, 1, 0);
    }

    private static Value errorLine(Call call, Place place, Value left, Value right) {
        ErrorLine line = left instanceof ErrorLine found ? found : (ErrorLine) right;
        Value other = line == left ? right : left;
        String type = call.node().type();
        if (other instanceof Constant constant && uniform(constant) != null) {
            double value = uniform(constant)[0];
            if (type.equals("Add")) {
                return new ErrorLine(line.from(), line.factor(), line.scale(), line.shift() + value);
            }
            if (type.equals("Mul") || type.equals("Div") && line == left) {
                double factor = type.equals("Mul") ? value : 1 / value;
                return new ErrorLine(line.from(), line.factor(), line.scale() * factor, line.shift() * factor);
            }
        }
        if (type.equals("Mul") && other instanceof View view && Formulas.near(line.factor(), Math.sqrt(0.5))
                && Formulas.near(line.scale(), line.shift())) {
            String input = line.from().operation();
            Line multiple = call.steps().line(view.operation());
            boolean scaled = multiple != null && multiple.isUniform() && multiple.shift()[0] == 0 && multiple.input().equals(input);
            if (scaled || view.operation().equals(input)) {
                double factor = 2 * line.scale() * (scaled ? multiple.scale()[0] : 1);
                return scaled(call.steps(), place, view, input, new Gelu(), (float) factor);
            }
        }
        throw new Unsupported("Erf");
    }
}
