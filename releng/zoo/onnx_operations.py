"""Small ONNX files, one per operation and per way to write it, with what onnxruntime computes; unsupported and broken ones too."""

import json
import os

import numpy as np
import onnx
import onnxruntime
from onnx import TensorProto, helper, numpy_helper

import common

CASES = {}
RANDOM = np.random.default_rng(3)


def weight(*shape):
    return (RANDOM.normal(size=shape) / np.sqrt(max(1, np.prod(shape[1:])))).astype(np.float32)


def integers(*values):
    return np.array(values, np.int64)


def numbers(*values):
    return np.array(values, np.float32)


def node(text, **attributes):
    """node("Conv: input, w -> output", pads=[...]); the operation may carry a domain, as in com.example.Wobble."""
    operation, rest = text.split(":", 1)
    inputs, outputs = rest.split("->")
    *domain, operation = operation.strip().split(".")
    return helper.make_node(operation, [name.strip() for name in inputs.split(",")] if inputs.strip() else [],
                            [name.strip() for name in outputs.split(",")], name="/" + outputs.split(",")[0].strip() + "/" + operation,
                            domain=".".join(domain), **attributes)


def case(name, *nodes, opset=17, shape=("N", 4, 9, 11), outputs=("output",), expected="runs", says=(), **weights):
    """Files a case; what it is expected to do is runs, partly (a head that cannot run), unsupported or broken."""
    tensors = [value if isinstance(value, TensorProto) else numpy_helper.from_array(value, key) for key, value in weights.items()]
    graph = helper.make_graph(
        [node(value) if isinstance(value, str) else value for value in nodes], name,
        [helper.make_tensor_value_info("input", TensorProto.FLOAT, list(shape))],
        [helper.make_tensor_value_info(output, TensorProto.FLOAT, None) for output in outputs], tensors)
    opsets = [helper.make_opsetid("", opset)]
    opsets += [helper.make_opsetid(value.domain, 1) for value in graph.node if value.domain]
    model = helper.make_model(graph, producer_name="zoo", ir_version=8 if opset < 20 else 10, opset_imports=opsets)
    assert name not in CASES
    CASES[name] = (model, expected, list(says))


def convolutions():
    w, b = weight(6, 4, 3, 3), weight(6)
    case("conv", node("Conv: input, w, b -> output", kernel_shape=[3, 3], pads=[1, 1, 1, 1]), w=w, b=b, opset=7)
    case("conv_no_bias_no_kernel_shape", "Conv: input, w -> output", w=w)
    case("conv_asymmetric", node("Conv: input, w, b -> output", pads=[0, 2, 1, 1], strides=[2, 1]), w=w, b=b)
    for pad in ("SAME_UPPER", "SAME_LOWER", "VALID"):
        case("conv_" + pad.lower(), node("Conv: input, w, b -> output", auto_pad=pad, strides=[2, 2], kernel_shape=[3, 3]), w=w, b=b)
    case("conv_same_upper_even", node("Conv: input, w -> output", auto_pad="SAME_UPPER", strides=[2, 2]), w=weight(6, 4, 4, 4))
    case("conv_dilated", node("Conv: input, w, b -> output", dilations=[2, 3], pads=[2, 3, 2, 3]), w=w, b=b)
    case("conv_groups", node("Conv: input, w, b -> output", group=2, pads=[1, 1, 1, 1]), w=weight(6, 2, 3, 3), b=b)
    case("conv_depthwise", node("Conv: input, w, b -> output", group=4, pads=[1, 1, 1, 1], strides=[2, 2]), w=weight(4, 1, 3, 3), b=weight(4))
    case("conv_depthwise_multiplier", node("Conv: input, w -> output", group=4), w=weight(8, 1, 3, 3))
    case("conv_wide", node("Conv: input, w, b -> output", pads=[0, 3, 0, 3]), w=weight(6, 4, 1, 7), b=b)
    case("conv_weight_in_constant", node("Constant: -> w", value=numpy_helper.from_array(w)), "Conv: input, w -> output")
    case("conv_weight_reshaped", "Reshape: flat, s -> w", "Conv: input, w -> output", flat=w.reshape(-1), s=integers(6, 4, 3, 3))
    floats = helper.make_tensor("w", TensorProto.FLOAT, w.shape, w.ravel())
    case("conv_weight_in_float_data", "Conv: input, w -> output", w=floats)
    case("conv_weight_half", node("Cast: h -> w", to=TensorProto.FLOAT), "Conv: input, w -> output", h=w.astype(np.float16))
    v = weight(4, 3, 3, 3)
    case("conv_transpose", node("ConvTranspose: input, w, b -> output", strides=[2, 2], pads=[1, 1, 1, 1], output_padding=[1, 0]), w=v, b=weight(3))
    case("conv_transpose_plain", "ConvTranspose: input, w -> output", w=v, opset=9)
    case("conv_transpose_groups", node("ConvTranspose: input, w -> output", strides=[2, 2], group=2), w=weight(4, 3, 2, 2))
    case("conv_transpose_dilated", node("ConvTranspose: input, w -> output", dilations=[2, 2], pads=[0, 1, 1, 0]), w=v)
    case("conv_transpose_output_shape", node("ConvTranspose: input, w -> output", strides=[2, 2], output_shape=[18, 22]), w=v)
    case("conv_transpose_same", node("ConvTranspose: input, w -> output", strides=[2, 2], auto_pad="SAME_UPPER"), w=v)


def activations():
    plain = {"relu": "Relu", "sigmoid": "Sigmoid", "tanh": "Tanh", "hard_swish": "HardSwish", "elu": "Elu", "selu": "Selu",
             "softplus": "Softplus", "softsign": "Softsign", "mish": "Mish", "abs": "Abs", "neg": "Neg", "exp": "Exp", "erf": "Erf"}
    for name, operation in plain.items():
        case(name, f"{operation}: input -> output", opset=18)
    case("leaky_relu", node("LeakyRelu: input -> output", alpha=0.2))
    case("leaky_relu_default", "LeakyRelu: input -> output")
    case("prelu", "PRelu: input, slope -> output", slope=np.abs(weight(4, 1, 1)))
    case("hard_sigmoid", node("HardSigmoid: input -> output", alpha=1 / 6))
    case("hard_sigmoid_default", "HardSigmoid: input -> output")
    case("hard_swish_as_hard_sigmoid", node("HardSigmoid: input -> s", alpha=1 / 6, beta=0.5), "Mul: input, s -> output")
    case("hard_swish_as_clip", "Add: input, three -> a", "Clip: a, zero, six -> c", "Div: c, six -> d", "Mul: input, d -> output",
         three=np.float32(3), zero=np.float32(0), six=np.float32(6))
    case("silu", "Sigmoid: input -> s", "Mul: input, s -> output")
    case("clip_attributes", node("Clip: input -> output", min=0.0, max=6.0), opset=9)
    case("clip_inputs", "Clip: input, zero, six -> output", zero=np.float32(0), six=np.float32(1))
    case("clip_low_only", "Clip: input, low -> output", low=np.float32(-0.5))
    case("clip_high_only", "Clip: input, , high -> output", high=np.float32(0.5))
    case("gelu", "Gelu: input -> output", opset=20)
    case("gelu_tanh", node("Gelu: input -> output", approximate="tanh"), opset=20)
    case("gelu_erf", "Div: input, r -> d", "Erf: d -> e", "Add: e, one -> a", "Mul: input, a -> m", "Mul: m, half -> output",
         r=np.float32(2 ** 0.5), one=np.float32(1), half=np.float32(0.5))
    case("gelu_erf_half_first", "Mul: input, half -> h", "Mul: input, r -> d", "Erf: d -> e", "Add: one, e -> a", "Mul: h, a -> output",
         r=np.float32(0.5 ** 0.5), one=np.float32(1), half=np.float32(0.5))
    case("softmax", "Softmax: input -> output", shape=("N", 7))
    case("softmax_channels", node("Softmax: input -> output", axis=1))
    case("softmax_flattening", node("Softmax: input -> output", axis=1), opset=11)
    case("log_softmax", node("LogSoftmax: input -> output", axis=1), shape=("N", 7))


def normalisations():
    s, b, m, v = weight(4) + 1, weight(4), weight(4), np.abs(weight(4)) + 0.5
    for opset in (7, 9, 15):
        case(f"batch_normalisation_{opset}", node("BatchNormalization: input, s, b, m, v -> output", epsilon=1e-3), s=s, b=b, m=m, v=v, opset=opset)
    case("batch_normalisation_first", "BatchNormalization: input, s, b, m, v -> n", "Relu: n -> r", "Conv: r, w -> output",
         s=s, b=b, m=m, v=v, w=weight(3, 4, 3, 3))
    case("batch_normalisation_after_conv", node("Conv: input, w, c -> n", pads=[1, 1, 1, 1]), "BatchNormalization: n, s, b, m, v -> r", "Relu: r -> output",
         s=s, b=b, m=m, v=v, w=weight(4, 4, 3, 3), c=weight(4))
    case("batch_normalisation_as_scale_shift", "Mul: input, s -> a", "Add: a, b -> output", s=s.reshape(4, 1, 1), b=b.reshape(1, 4, 1, 1))
    case("lrn", node("LRN: input -> output", size=5, alpha=2e-1, beta=0.75, bias=1.0), shape=("N", 8, 5, 5))
    case("layer_normalisation_channels_last", node("Transpose: input -> t", perm=[0, 2, 3, 1]),
         node("LayerNormalization: t, s, b -> n", axis=-1, epsilon=1e-6), node("Transpose: n -> output", perm=[0, 3, 1, 2]), s=s, b=b)
    case("layer_normalisation_decomposed", node("ReduceMean: input -> m", axes=[1], keepdims=1), "Sub: input, m -> d", "Pow: d, two -> q",
         node("ReduceMean: q -> v", axes=[1], keepdims=1), "Add: v, e -> a", "Sqrt: a -> r", "Div: d, r -> n", "Mul: n, s -> k", "Add: k, b -> output",
         two=np.float32(2), e=np.float32(1e-6), s=s.reshape(4, 1, 1), b=b.reshape(4, 1, 1))
    case("convnext_block", node("Conv: input, w -> c", group=4, pads=[3, 3, 3, 3]), node("Transpose: c -> t", perm=[0, 2, 3, 1]),
         node("LayerNormalization: t, s, b -> n", axis=-1), "MatMul: n, k -> x", "Add: kb, x -> y", "Gelu: y -> g", "MatMul: g, l -> z", "Add: lb, z -> zz",
         node("Transpose: zz -> u", perm=[0, 3, 1, 2]), "Mul: gamma, u -> v", "Add: v, input -> output", opset=20,
         w=weight(4, 1, 7, 7), s=s, b=b, k=weight(4, 16), kb=weight(16), l=weight(16, 4), lb=b, gamma=weight(4, 1, 1))
    case("squeeze_excitation", "GlobalAveragePool: input -> p", "Conv: p, w1, b1 -> c", "Relu: c -> r", "Conv: r, w2, b2 -> e", "Sigmoid: e -> s",
         "Mul: s, input -> output", w1=weight(2, 4, 1, 1), b1=weight(2), w2=weight(4, 2, 1, 1), b2=b)


def poolings():
    case("max_pool", node("MaxPool: input -> output", kernel_shape=[2, 2], strides=[2, 2]), opset=7)
    case("max_pool_ceil", node("MaxPool: input -> output", kernel_shape=[3, 3], strides=[2, 2], ceil_mode=1), shape=("N", 4, 10, 12))
    case("max_pool_ceil_pad", node("MaxPool: input -> output", kernel_shape=[3, 3], strides=[2, 2], ceil_mode=1, pads=[1, 1, 1, 1]), shape=("N", 4, 10, 11))
    case("max_pool_asymmetric", node("MaxPool: input -> output", kernel_shape=[3, 3], strides=[2, 2], pads=[0, 0, 1, 1]), shape=("N", 4, 10, 10))
    case("max_pool_same_upper", node("MaxPool: input -> output", kernel_shape=[3, 2], strides=[2, 2], auto_pad="SAME_UPPER"))
    case("max_pool_same_lower", node("MaxPool: input -> output", kernel_shape=[2, 2], strides=[1, 1], auto_pad="SAME_LOWER"))
    case("max_pool_dilated", node("MaxPool: input -> output", kernel_shape=[2, 2], dilations=[2, 2]))
    case("max_pool_negative_border", "Sub: input, ten -> n", node("MaxPool: n -> output", kernel_shape=[3, 3], pads=[1, 1, 1, 1]), ten=np.float32(10))
    pool = {"kernel_shape": [3, 3], "strides": [2, 2]}
    case("average_pool", node("AveragePool: input -> output", **pool))
    case("average_pool_pad", node("AveragePool: input -> output", pads=[1, 1, 1, 1], **pool))
    case("average_pool_pad_counted", node("AveragePool: input -> output", pads=[1, 1, 1, 1], count_include_pad=1, **pool))
    case("average_pool_asymmetric", node("AveragePool: input -> output", pads=[0, 1, 1, 0], **pool))
    case("average_pool_ceil", node("AveragePool: input -> output", ceil_mode=1, **pool), shape=("N", 4, 10, 12), opset=19)
    case("average_pool_ceil_pad_counted", node("AveragePool: input -> output", ceil_mode=1, count_include_pad=1, pads=[1, 1, 1, 1], **pool),
         shape=("N", 4, 10, 12), opset=19)
    case("average_pool_same", node("AveragePool: input -> output", auto_pad="SAME_UPPER", **pool), shape=("N", 4, 10, 12))
    case("global_average_pool", "GlobalAveragePool: input -> output")
    case("global_max_pool", "GlobalMaxPool: input -> output")
    case("reduce_mean", node("ReduceMean: input -> output", axes=[2, 3], keepdims=0), opset=13)
    case("reduce_mean_kept_negative", node("ReduceMean: input -> output", axes=[-1, -2], keepdims=1), opset=11)
    case("reduce_mean_axes_input", node("ReduceMean: input, axes -> output", keepdims=1), axes=integers(-1, -2), opset=18)
    case("reduce_mean_one_axis", node("ReduceMean: input -> h", axes=[3], keepdims=1), node("ReduceMean: h -> output", axes=[2], keepdims=0), opset=13)
    case("reduce_mean_channels", node("ReduceMean: input -> output", axes=[1], keepdims=1), opset=13)
    case("reduce_sum", node("ReduceSum: input, axes -> output", keepdims=1), axes=integers(2, 3), opset=13)
    case("reduce_max", node("ReduceMax: input -> output", axes=[2, 3], keepdims=1), opset=13)


def arithmetic():
    channel = weight(4, 1, 1) + 2
    for operation in ("Add", "Sub", "Mul", "Div"):
        case(operation.lower() + "_channel_constant", f"{operation}: input, c -> output", c=channel)
        case(operation.lower() + "_from_constant", "Sigmoid: input -> e", f"{operation}: c, e -> output", c=np.float32(3))
        case(operation.lower() + "_branches", "Tanh: input -> t", "Sigmoid: input -> e", f"{operation}: t, e -> output")
    case("add_broadcast_pooled", "GlobalAveragePool: input -> p", "Add: p, input -> output")
    case("sub_broadcast_plane", node("ReduceMean: input -> m", axes=[1], keepdims=1), "Sub: input, m -> output", opset=13)
    case("mul_row_constant", "Mul: input, c -> output", c=weight(9, 1))
    case("add_same_twice", "Add: input, input -> output")
    case("sum_of_three", "Tanh: input -> t", "Relu: input -> r", "Sum: input, t, r -> output")
    case("max_of_two", "Tanh: input -> t", "Max: input, t -> output")
    case("min_constant", "Min: input, c -> output", c=np.float32(0.3))
    case("pow_square", "Pow: input, two -> output", two=np.float32(2))
    case("sqrt_reciprocal", "Exp: input -> e", "Sqrt: e -> s", "Reciprocal: s -> output")
    case("transform_input", "Mul: input, s -> a", "Add: a, b -> n", "Conv: n, w -> output", s=channel, b=weight(4, 1, 1), w=weight(3, 4, 3, 3))
    flat = {"shape": ("N", 7)}
    case("gemm", node("Gemm: input, w, b -> output", transB=1), w=weight(5, 7), b=weight(5), **flat)
    case("gemm_scaled", node("Gemm: input, w, b -> output", alpha=0.5, beta=2.0), w=weight(7, 5), b=weight(5), **flat)
    case("gemm_no_bias", "Gemm: input, w -> output", w=weight(7, 5), opset=13, **flat)
    case("matmul_add", "MatMul: input, w -> m", "Add: m, b -> output", w=weight(7, 5), b=weight(5), **flat)


def shapes():
    flat = 4 * 9 * 11
    dense = node("Gemm: f, w -> output", transB=1)
    w = weight(5, flat)
    case("flatten", "Flatten: input -> f", dense, w=w)
    case("flatten_negative_axis", node("Flatten: input -> f", axis=-3), dense, w=w, opset=13)
    case("reshape_zero", "Reshape: input, s -> f", dense, w=w, s=integers(0, -1))
    case("reshape_minus_one", "Reshape: input, s -> f", dense, w=w, s=integers(-1, flat))
    case("reshape_fixed_batch", "Reshape: input, s -> f", dense, w=w, s=integers(1, flat), shape=(1, 4, 9, 11))
    case("reshape_by_shape_arithmetic", "Shape: input -> all", node("Gather: all, zero -> n", axis=0), node("Unsqueeze: n -> u", axes=[0]),
         node("Concat: u, rest -> s", axis=0), "Reshape: input, s -> f", dense, w=w, zero=np.int64(0), rest=integers(-1), opset=11)
    case("reshape_by_shape_slice", node("Shape: input -> n", start=0, end=1), node("Concat: n, rest -> s", axis=0), "Reshape: input, s -> f", dense,
         w=w, rest=integers(flat), opset=15)
    case("reshape_by_product", "Shape: input -> all", "Slice: all, one, four -> tail", node("ReduceProd: tail -> p", axes=[0], keepdims=1),
         node("Concat: rest, p -> s", axis=0), "Reshape: input, s -> f", dense, w=w, one=integers(1), four=integers(4), rest=integers(-1), opset=13)
    case("squeeze_after_pool", "GlobalAveragePool: input -> p", node("Squeeze: p -> output", axes=[2, 3]), opset=11)
    case("squeeze_axes_input", "GlobalAveragePool: input -> p", "Squeeze: p, a -> output", a=integers(-1, -2))
    case("unsqueeze", "GlobalAveragePool: input -> p", "Flatten: p -> f", "Unsqueeze: f, a -> u", "Mul: input, u -> output", a=integers(2, 3))
    case("channel_shuffle", "Reshape: input, five -> r", node("Transpose: r -> t", perm=[0, 2, 1, 3, 4]), "Reshape: t, four -> output",
         five=integers(0, 2, 2, 9, 11), four=integers(0, 4, 9, 11))
    case("transpose_pair", node("Transpose: input -> t", perm=[0, 2, 3, 1]), "Relu: t -> r", node("Transpose: r -> output", perm=[0, 3, 1, 2]))
    case("transpose_input_channels_last", node("Transpose: input -> t", perm=[0, 3, 1, 2]), "Conv: t, w -> output", w=weight(5, 3, 3, 3), shape=("N", 9, 11, 3))
    case("transpose_flatten_channels_last", node("Transpose: input -> t", perm=[0, 2, 3, 1]), "Flatten: t -> f", dense, w=w)
    case("concat", "Relu: input -> r", "Tanh: input -> t", node("Concat: r, input, t -> output", axis=1))
    case("concat_negative_axis", "Relu: input -> r", node("Concat: r, input -> output", axis=-3))
    case("concat_rows", "Relu: input -> r", node("Concat: r, input -> output", axis=2))
    case("split_equal", node("Split: input -> a, b", axis=1), "Mul: a, b -> output", opset=11)
    case("split_attribute", node("Split: input -> a, b", axis=1, split=[1, 3]), node("Concat: b, a -> output", axis=1), opset=11)
    case("split_input", node("Split: input, s -> a, b", axis=1), node("Concat: b, a -> output", axis=1), s=integers(3, 1), opset=13)
    case("split_number", node("Split: input -> a, b", axis=1, num_outputs=2), node("Concat: b, a -> output", axis=1), opset=18)
    case("slice_attributes", node("Slice: input -> output", starts=[1, 2], ends=[3, 100], axes=[1, 2]), opset=9)
    case("slice_inputs", "Slice: input, s, e, a -> output", s=integers(0, -6), e=integers(-1, -1), a=integers(2, 3))
    case("slice_steps", "Slice: input, s, e, a, t -> output", s=integers(0, 1), e=integers(9, 11), a=integers(2, 3), t=integers(2, 3))
    case("slice_channels", "Slice: input, s, e, a -> b", "Slice: input, z, s, a -> c", node("Concat: b, c -> output", axis=1),
         s=integers(2), e=np.array([np.iinfo(np.int64).max]), a=integers(1), z=integers(0))
    case("gather_channels", node("Gather: input, i -> output", axis=1), i=integers(2, 0))
    pads = [0, 0, 1, 2, 0, 0, 3, 1]
    case("pad_attributes", node("Pad: input -> output", pads=pads, value=0.25), opset=9)
    case("pad_constant", "Pad: input, p, v -> output", p=integers(*pads), v=np.float32(-1))
    case("pad_axes", "Pad: input, p, , a -> output", p=integers(1, 2, 3, 1), a=integers(2, 3), opset=18)
    case("pad_reflect", node("Pad: input, p -> output", mode="reflect"), p=integers(*pads))
    case("pad_edge", node("Pad: input, p -> output", mode="edge"), p=integers(*pads))
    case("pad_crop", "Pad: input, p -> output", p=integers(0, 0, -1, 0, 0, 0, 0, -2))
    case("pad_channels", "Pad: input, p -> output", p=integers(0, 1, 0, 0, 0, 2, 0, 0))
    case("dropout_attribute", node("Dropout: input -> d, mask", ratio=0.4), "Relu: d -> output", opset=7)
    case("dropout_inputs", "Dropout: input, ratio, training -> d", "Relu: d -> output", ratio=np.float32(0.4), training=np.array(False))
    case("identity_chain", "Identity: input -> a", "Identity: a -> b", "Identity: w0 -> w", "Conv: b, w -> output", w0=weight(3, 4, 3, 3))
    case("constant_kinds", node("Constant: -> f", value_float=2.0), node("Constant: -> i", value_ints=[0, -1]), node("Constant: -> v", value_floats=[0.5]),
         "Mul: input, f -> m", "Add: m, v -> a", "Reshape: a, i -> output", opset=13)
    case("constant_of_shape", node("ConstantOfShape: s -> c", value=helper.make_tensor("v", TensorProto.FLOAT, [1], [1.5])), "Mul: input, c -> output", s=integers(4, 1, 1))
    case("depth_to_space", node("DepthToSpace: input -> output", blocksize=2))
    case("space_to_depth", node("SpaceToDepth: input -> output", blocksize=2), shape=("N", 4, 8, 6))
    case("expand", "GlobalAveragePool: input -> p", "Expand: p, s -> output", s=integers(1, 1, 3, 2))
    yes = helper.make_graph([node("Identity: t -> x")], "yes", [], [helper.make_tensor_value_info("x", TensorProto.FLOAT, None)])
    no = helper.make_graph([node("Neg: t -> y")], "no", [], [helper.make_tensor_value_info("y", TensorProto.FLOAT, None)])
    case("if_decided_by_shapes", "Tanh: input -> t", "Shape: input -> s", "Size: s -> n", "Equal: n, four -> q", node("If: q -> output", then_branch=yes, else_branch=no),
         four=np.int64(4))


def resizes():
    scales = numbers(1, 1, 2, 3)
    def resize(name, sizes=False, opset=13, by=scales, **attributes):
        if sizes:
            case(name, node("Resize: input, , , z -> output", **attributes), z=integers(1, 4, 13, 20), opset=opset, shape=(1, 4, 9, 11))
        else:
            case(name, node("Resize: input, , s -> output", **attributes), s=by, opset=opset)
    resize("resize_nearest", mode="nearest", coordinate_transformation_mode="asymmetric", nearest_mode="floor")
    resize("resize_nearest_default", mode="nearest")
    resize("resize_nearest_ceil", mode="nearest", coordinate_transformation_mode="half_pixel", nearest_mode="ceil", by=numbers(1, 1, 1.5, 2))
    resize("resize_bilinear_half_pixel", mode="linear", coordinate_transformation_mode="half_pixel")
    resize("resize_bilinear_pytorch", mode="linear", coordinate_transformation_mode="pytorch_half_pixel", by=numbers(1, 1, 2, 2))
    resize("resize_bilinear_align_corners", mode="linear", coordinate_transformation_mode="align_corners")
    resize("resize_bilinear_asymmetric", mode="linear", coordinate_transformation_mode="asymmetric")
    resize("resize_bilinear_down", mode="linear", coordinate_transformation_mode="half_pixel", by=numbers(1, 1, 0.5, 0.6))
    resize("resize_bilinear_sizes", sizes=True, mode="linear", coordinate_transformation_mode="half_pixel")
    resize("resize_nearest_sizes", sizes=True, mode="nearest", coordinate_transformation_mode="asymmetric", nearest_mode="floor")
    case("resize_opset_10", node("Resize: input, s -> output", mode="nearest"), s=scales, opset=10)
    case("upsample_nearest", node("Upsample: input, s -> output", mode="nearest"), s=scales, opset=9)
    case("upsample_bilinear", node("Upsample: input, s -> output", mode="linear"), s=numbers(1, 1, 2, 2), opset=9)
    case("upsample_attribute", node("Upsample: input -> output", mode="nearest", scales=[1.0, 1.0, 2.0, 2.0]), opset=7)


def unsupported():
    w = weight(3, 4, 3, 3)
    case("instance_normalisation", "InstanceNormalization: input, s, b -> output", s=weight(4), b=weight(4))
    case("head_grid_sample", node("Conv: input, w -> c", pads=[1, 1, 1, 1]), "Relu: c -> r", "GridSample: r, g -> output", w=w, g=weight(1, 5, 5, 2),
         shape=(1, 4, 9, 11), expected="partly", says=["GridSample"])
    case("head_non_max_suppression", node("Conv: input, w -> c", pads=[1, 1, 1, 1]), "Relu: c -> r", "Reshape: r, s -> boxes", "GlobalAveragePool: r -> p",
         "Reshape: p, t -> scores", "NonMaxSuppression: boxes, scores, n -> chosen", node("Cast: chosen -> output", to=TensorProto.FLOAT),
         w=weight(4, 4, 3, 3), s=integers(1, -1, 4), t=integers(1, 1, 4), n=np.array([4], np.int64), shape=(1, 4, 9, 11), expected="partly", says=["NonMaxSuppression"])
    case("own_operation", node("Conv: input, w -> c"), "com.example.Wobble: c -> output", w=w, expected="partly", says=["Wobble", "com.example"])
    case("several_at_once", "GridSample: input, g -> a", "LpNormalization: a -> b", "GridSample: b, g -> c", "Det: c -> output",
         g=weight(1, 5, 5, 2), s=weight(4), shape=(1, 4, 9, 11), expected="unsupported", says=["GridSample", "LpNormalization", "Det"])
    case("weight_computed_from_image", "Conv: input, w -> k", "Conv: input, k -> output", w=weight(4, 4, 3, 3), shape=(1, 4, 9, 11), expected="unsupported", says=["Conv"])


def broken():
    w = weight(4, 4, 3, 3)
    fine = node("Conv: input, w -> output", pads=[1, 1, 1, 1])
    case("cycle", "Add: input, b -> a", "Relu: a -> b", "Identity: b -> output", expected="broken")
    case("cycle_of_itself", "Add: input, output -> output", expected="broken")
    case("unknown_tensor", "Add: input, nowhere -> output", expected="broken", says=["nowhere"])
    case("written_twice", "Relu: input -> a", "Tanh: input -> a", "Identity: a -> output", expected="broken", says=["a"])
    case("output_missing", "Relu: input -> a", expected="broken", says=["output"])
    case("channels_wrong", node("Conv: input, w -> output"), w=weight(4, 5, 3, 3), expected="broken")
    case("kernel_larger_than_image", node("Conv: input, w -> output"), w=weight(4, 4, 20, 20), expected="broken")
    case("stride_zero", node("Conv: input, w -> output", strides=[0, 0]), w=w, expected="broken")
    case("stride_negative", node("MaxPool: input -> output", kernel_shape=[2, 2], strides=[-1, 1]), expected="broken")
    case("group_zero", node("Conv: input, w -> output", group=0), w=w, expected="broken")
    case("pads_huge", node("Conv: input, w -> output", pads=[1 << 40] * 4), w=w, expected="broken")
    case("upsample_huge", node("Resize: input, , s -> output", mode="nearest"), s=numbers(1, 1, 1e9, 1e9), expected="broken")
    case("reshape_impossible", "Reshape: input, s -> output", s=integers(0, 7, 13), expected="broken")
    case("constant_of_terabytes", node("ConstantOfShape: s -> c"), "Add: input, c -> output", s=integers(1 << 20, 1 << 20, 1 << 20), expected="broken")
    case("dimensions_absurd", fine, w=TensorProto(name="w", data_type=TensorProto.FLOAT, dims=[1 << 40, 1 << 40, 3, 3], raw_data=b"1234"), expected="broken")
    case("dimensions_negative", fine, w=TensorProto(name="w", data_type=TensorProto.FLOAT, dims=[-4, 4, 3, 3], raw_data=b"1234"), expected="broken")
    case("weight_too_short", fine, w=TensorProto(name="w", data_type=TensorProto.FLOAT, dims=[4, 4, 3, 3], raw_data=w.tobytes()[:100]), expected="broken", says=["w"])
    case("weight_not_a_number", fine, w=np.full((4, 4, 3, 3), np.nan, np.float32), expected="broken", says=["w"])
    case("input_of_terabytes", "Relu: input -> output", shape=(1, 3, 1 << 20, 1 << 20), expected="broken")
    case("opset_of_the_future", "Relu: input -> output", opset=99, expected="broken", says=["99"])
    for name, location in (("external_outside", "../../outside.bin"), ("external_absolute", "/etc/hostname"), ("external_missing", "gone.bin")):
        outside = TensorProto(name="w", data_type=TensorProto.FLOAT, dims=[4, 4, 3, 3], data_location=TensorProto.EXTERNAL)
        for key, value in (("location", location), ("offset", "0"), ("length", str(w.nbytes))):
            outside.external_data.add(key=key, value=value)
        case(name, fine, w=outside, expected="broken", says=[location.split("/")[-1]])
    inside = TensorProto(name="w", data_type=TensorProto.FLOAT, dims=[4, 4, 3, 3], data_location=TensorProto.EXTERNAL)
    for key, value in (("location", "operations.json"), ("offset", "999999999999"), ("length", "576")):
        inside.external_data.add(key=key, value=value)
    case("external_beyond_the_end", fine, w=inside, expected="broken", says=["operations.json"])
    deep = helper.make_graph([node("Relu: input -> d")], "deepest", [], [helper.make_tensor_value_info("d", TensorProto.FLOAT, None)])
    for level in range(25):
        deep = helper.make_graph([node("If: yes -> d", then_branch=deep, else_branch=deep)] if level < 4 else [node("If: yes -> d", then_branch=deep)],
                                 f"level{level}", [], [helper.make_tensor_value_info("d", TensorProto.FLOAT, None)])
    case("nested_deep", node("If: yes -> output", then_branch=deep), yes=np.array(True), expected="broken")


def group_normalisations():
    s, b = weight(6) + 1, weight(6)
    shape = ("N", 6, 5, 7)
    case("group_normalisation", node("GroupNormalization: input, s, b -> output", num_groups=3, epsilon=1e-3), opset=21, s=s, b=b, shape=shape)
    for groups in (1, 2, 6):   # as PyTorch's older exporter writes it
        case(f"group_normalisation_by_reshape_{groups}", "Reshape: input, t -> r", node("InstanceNormalization: r, o, z -> n", epsilon=1e-5),
             "Shape: input -> f", "Reshape: n, f -> g", "Mul: g, s -> k", "Add: k, b -> output", t=integers(0, groups, -1), o=np.ones(groups, np.float32),
             z=np.zeros(groups, np.float32), s=s.reshape(6, 1, 1), b=b.reshape(6, 1, 1), shape=(1, 6, 5, 7))
    case("gelu_erf_of_affine", "Mul: input, s -> k", "Add: k, b -> x", "Div: x, root -> d", "Erf: d -> e", "Add: e, one -> f", "Mul: x, f -> g",
         "Mul: g, half -> output", s=s.reshape(6, 1, 1), b=b.reshape(6, 1, 1), root=np.float32(2 ** 0.5), one=np.float32(1), half=np.float32(0.5), shape=shape)
    case("hard_swish_of_affine", "Mul: input, s -> k", "Add: k, b -> x", "Add: x, three -> y", "Clip: y, zero, six -> c", "Mul: x, c -> g",
         "Div: g, six -> output", s=s.reshape(6, 1, 1), b=b.reshape(6, 1, 1), three=np.float32(3), zero=np.float32(0), six=np.float32(6), shape=shape)
    case("instance_normalisation_of_branches", node("InstanceNormalization: input, s, b -> n", epsilon=1e-2), "Relu: n -> r", "Add: r, input -> output",
         s=s, b=b, shape=shape)


for group in (convolutions, activations, normalisations, poolings, arithmetic, shapes, resizes, unsupported, broken, group_normalisations):
    group()


# not among the operations that a reader must know; it may refuse them by name
EXTRA = {"elu", "selu", "softplus", "softsign", "mish", "abs", "neg", "exp", "erf", "prelu", "log_softmax", "reduce_sum", "reduce_max",
         "max_of_two", "min_constant", "sqrt_reciprocal", "sum_of_three", "depth_to_space", "space_to_depth", "expand", "gather_channels",
         "concat_rows", "if_decided_by_shapes", "global_max_pool", "mul_row_constant", "pad_channels", "softmax_flattening"}


def run(name, model, expected):
    """The input and what onnxruntime makes of it: the output, or the tensor c before a head that cannot run; none for a broken file."""
    wanted = "output" if expected == "runs" else "c"
    kept = [value for value in model.graph.node if expected == "runs" or value.op_type == "Conv" and "c" in value.output]
    if expected == "broken" or not kept:
        return None
    shape = [dimension.dim_value or 1 for dimension in model.graph.input[0].type.tensor_type.shape.dim]
    picture = (np.round(16 * np.random.default_rng(11).normal(size=shape)) / 16).astype(np.float32)   # few bits pack well
    runnable = onnx.ModelProto()
    runnable.CopyFrom(model)
    del runnable.graph.node[:], runnable.graph.output[:]
    runnable.graph.node.extend(kept)
    runnable.graph.output.append(onnx.ValueInfoProto(name=wanted))
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.log_severity_level = 4
    try:
        session = onnxruntime.InferenceSession(runnable.SerializeToString(), options, providers=["CPUExecutionProvider"])
        value = session.run([wanted], {"input": picture})[0]
    except Exception as failure:
        raise ValueError(f"onnxruntime does not run {name}: {failure}") from failure
    if not np.isfinite(value).all() or not value.any():
        raise ValueError(f"{name}: the output says nothing")
    return {"input": picture, wanted: value}


def write(folder):
    """Writes every case as NAME.onnx, the values as NAME.npz where it runs, and operations.json about all of them."""
    about = {}
    for name, (model, expected, says) in CASES.items():
        about[name] = {"expected": expected, "opset": model.opset_import[0].version}
        if says:
            about[name]["says"] = says
        if name in EXTRA:
            about[name]["extra"] = True
        values = run(name, model, expected)
        if values and expected == "runs":
            first = model.graph.input[0].type.tensor_type.shape.dim[0].dim_param
            del model.graph.output[:]
            model.graph.output.append(helper.make_tensor_value_info(
                "output", TensorProto.FLOAT, [first or 1] + list(values["output"].shape[1:])))
            onnx.checker.check_model(model)
        common.write_atomically(os.path.join(folder, name + ".onnx"), lambda path: open(path, "wb").write(model.SerializeToString()))
        if values:
            common.write_atomically(os.path.join(folder, name + ".npz"), lambda path: np.savez_compressed(path, **values))
    common.write_atomically(os.path.join(folder, "operations.json"), lambda path: open(path, "w").write(json.dumps(about, indent=1) + "\n"))
    kinds = [entry["expected"] for entry in about.values()]
    print(f"operations: {len(about)} files, " + ", ".join(f"{kinds.count(kind)} {kind}" for kind in sorted(set(kinds))), flush=True)


NETWORKS = SMALL = {"operations": write}


def make(folder, name):
    write(os.path.join(folder, name))


make_small = make
