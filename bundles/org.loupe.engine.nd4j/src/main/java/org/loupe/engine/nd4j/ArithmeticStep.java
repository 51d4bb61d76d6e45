package org.loupe.engine.nd4j;

import java.util.List;
import org.loupe.core.network.Operation.Sign;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Two inputs, value by value, one of which may be smaller. ND4J's own operations do the broadcasting right. */
record ArithmeticStep(Sign sign) implements Step {

    @Override
    public INDArray forward(List<INDArray> inputs, Memory memory) {
        INDArray left = inputs.get(0);
        INDArray right = inputs.get(1);
        INDArray output = memory.array(left.size(0), Math.max(left.size(1), right.size(1)),
                Math.max(left.size(2), right.size(2)), Math.max(left.size(3), right.size(3)));
        Values.combine(switch (sign) {
            case PLUS -> "add";
            case MINUS -> "subtract";
            case TIMES -> "multiply";
            case OVER -> "divide";
            case MAXIMUM -> "maximum";
            case MINIMUM -> "minimum";
        }, left, right, output);
        return output;
    }

    @Override
    public List<INDArray> backward(List<INDArray> inputs, INDArray output, INDArray gradient, Memory memory) {
        INDArray left = inputs.get(0);
        INDArray right = inputs.get(1);
        return switch (sign) {
            case PLUS -> List.of(sum(gradient, left, memory), sum(gradient, right, memory));
            case MINUS -> List.of(sum(gradient, left, memory),
                    sum(Values.of(gradient, memory).times(-1).array(), right, memory));
            case TIMES -> List.of(sum(Values.of(gradient, memory).times(right).array(), left, memory),
                    sum(Values.of(gradient, memory).times(left).array(), right, memory));
            case OVER -> {
                Values share = new Values(memory.like(gradient), memory);
                Values.combine("divide", gradient, right, share.array());
                Values ratio = new Values(memory.like(gradient), memory);
                Values.combine("divide", output, right, ratio.array());
                yield List.of(sum(share.array(), left, memory),
                        sum(ratio.times(gradient).times(-1).array(), right, memory));
            }
            case MAXIMUM -> chosen(right, left, gradient, left, right, memory);
            case MINIMUM -> chosen(left, right, gradient, left, right, memory);
        };
    }

    /** Gives the gradient to the right input where {@code more} is more than {@code less}, else to the left one. */
    private static List<INDArray> chosen(INDArray more, INDArray less, INDArray gradient, INDArray left, INDArray right,
            Memory memory) {
        Values rightWins = new Values(memory.like(gradient), memory);
        Values.combine("subtract", more, less, rightWins.array());
        rightWins.above(0);
        return List.of(sum(rightWins.copy().complement().times(gradient).array(), left, memory),
                sum(rightWins.times(gradient).array(), right, memory));
    }

    private static INDArray sum(INDArray gradient, INDArray input, Memory memory) {
        return Sums.like(input, gradient, memory);
    }
}
