"""TensorFlow frozen graphs: InceptionV1 with the node names of the published file, a MobileNet in TF1 style, a Keras model."""

import os

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "0")

import numpy as np
import tensorflow as tf
from safetensors.numpy import load_file

import common

v1 = tf.compat.v1
BRANCHES = {"1x1": 1, "3x3_bottleneck": 1, "3x3": 3, "5x5_bottleneck": 1, "5x5": 5, "pool_reduce": 1}
LABEL = 17


def session(graph):
    return v1.Session(graph=graph, config=v1.ConfigProto(intra_op_parallelism_threads=1, inter_op_parallelism_threads=1))


def nhwc(picture):
    return np.ascontiguousarray(np.moveaxis(picture, 1, -1))


def nchw(value):
    return np.moveaxis(value, -1, 1) if value.ndim == 4 else value


class Inception:
    """Builds the published graph; heads adds the two auxiliary classifiers, old the Concat operation of 2014."""

    def __init__(self, weights, blocks, pool, old=False, heads=False, size=None):
        self.weights, self.old = weights, old
        self.random = np.random.default_rng(5)
        shape = None if old else [None, size, size, 3]
        x = self.input = v1.placeholder(tf.float32, shape, name="input")
        x = self.active("conv2d0", x, 7, 2)
        x = self.normalise(self.halve(x, "maxpool0"), "localresponsenorm0")
        x = self.active("conv2d2", self.active("conv2d1", x, 1), 3)
        x = self.halve(self.normalise(x, "localresponsenorm1"), "maxpool1")
        for block in blocks:
            if block in ("4a", "5a"):
                x = self.halve(x, {"4a": "maxpool4", "5a": "maxpool10"}[block])
            x = self.mixed("mixed" + block, x)
            if heads and block in ("4a", "4d"):
                self.head("0" if block == "4a" else "1", x)
        x = tf.nn.avg_pool2d(x, pool, 1, "VALID", name="avgpool0")
        dense = weights["softmax2_pre_activation_matmul.weight"].T
        x = tf.reshape(x, self.constant("avgpool0/reshape/shape", np.array([-1, dense.shape[0]], np.int32)), name="avgpool0/reshape")
        self.logits = self.dense("softmax2_pre_activation", "softmax2", x, dense, weights["softmax2_pre_activation_matmul.bias"])
        tf.identity(tf.nn.softmax(self.logits, name="softmax2"), name="output2")

    @staticmethod
    def constant(name, value):
        return v1.constant(value, name=name)

    def active(self, name, x, size, stride=1):
        kernel = self.constant(name + "_w", np.transpose(self.weights[name + "_pre_relu_conv.weight"], (2, 3, 1, 0)))
        bias = self.constant(name + "_b", self.weights[name + "_pre_relu_conv.bias"])
        assert kernel.shape[0] == size
        x = tf.nn.conv2d(x, kernel, stride, "SAME", name=name + "_pre_relu/conv")
        return tf.nn.relu(tf.nn.bias_add(x, bias, name=name + "_pre_relu"), name=name)

    def dense(self, name, parameters, x, weight, bias):
        x = tf.linalg.matmul(x, self.constant(parameters + "_w", weight), name=name + "/matmul")
        return tf.nn.bias_add(x, self.constant(parameters + "_b", bias), name=name)

    @staticmethod
    def halve(x, name):
        return tf.nn.max_pool2d(x, 3, 2, "SAME", name=name)

    def normalise(self, x, name):
        return tf.nn.lrn(x, depth_radius=4, bias=1.0, alpha=1e-4 / 9, beta=0.5, name=name)

    def mixed(self, name, x):
        one = self.active(name + "_1x1", x, 1)
        three = self.active(name + "_3x3", self.active(name + "_3x3_bottleneck", x, 1), 3)
        five = self.active(name + "_5x5", self.active(name + "_5x5_bottleneck", x, 1), 5)
        pooled = self.active(name + "_pool_reduce", tf.nn.max_pool2d(x, 3, 1, "SAME", name=name + "_pool"), 1)
        axis = self.constant(name + "/concat_dim", np.array(3, np.int32))
        if self.old:
            return tf.raw_ops.Concat(concat_dim=axis, values=[one, three, five, pooled], name=name)
        return tf.raw_ops.ConcatV2(values=[one, three, five, pooled], axis=axis, name=name)

    def head(self, index, x):
        """head0/nn0/softmax0, hanging off mixed4a, and the same with 1 off mixed4d."""
        width, block = 128, "mixed4a" if index == "0" else "mixed4d"
        wide = sum(self.weights[f"{block}_{branch}_pre_relu_conv.weight"].shape[0]
                   for branch in ("1x1", "3x3", "5x5", "pool_reduce"))
        draw = lambda *shape: (self.random.normal(size=shape) / np.sqrt(np.prod(shape[:-1]))).astype(np.float32)
        pooled = tf.nn.avg_pool2d(x, 5, 3, "VALID", name=f"head{index}_pool")
        x = tf.nn.conv2d(pooled, self.constant(f"head{index}_bottleneck_w", draw(1, 1, wide, width)), 1, "SAME",
                         name=f"head{index}_bottleneck_pre_relu/conv")
        x = tf.nn.bias_add(x, self.constant(f"head{index}_bottleneck_b", draw(width, 1)[:, 0]), name=f"head{index}_bottleneck_pre_relu")
        x = tf.nn.relu(x, name=f"head{index}_bottleneck")
        x = tf.reshape(x, self.constant(f"head{index}_bottleneck/reshape/shape", np.array([-1, 16 * width], np.int32)),
                       name=f"head{index}_bottleneck/reshape")
        x = tf.nn.relu(self.dense(f"nn{index}_pre_relu", f"nn{index}", x, draw(16 * width, 1024), draw(1024, 1)[:, 0]), name=f"nn{index}")
        x = self.dense(f"softmax{index}_pre_activation", f"softmax{index}", x, draw(1024, 1008), draw(1008, 1)[:, 0])
        tf.identity(tf.nn.softmax(x, name=f"softmax{index}"), name="output" + ("" if index == "0" else "1"))


def write_graph(folder, file, graph):
    common.write_atomically(os.path.join(folder, file),
                            lambda path: open(path, "wb").write(graph.as_graph_def().SerializeToString()))


def check(folder, file, feed, logits, reference):
    """Runs the written file and says how far it is from the reference."""
    graph = tf.Graph()
    with graph.as_default():
        definition = v1.GraphDef()
        with open(os.path.join(folder, file), "rb") as stored:
            definition.ParseFromString(stored.read())
        tf.import_graph_def(definition, name="")
    with session(graph) as running:
        actual = running.run(logits + ":0", {feed + ":0": nhwc(reference["input"])})
    error = common.relative(actual, reference["logits"])
    if error > 1e-4:
        raise ValueError(f"{file}: TensorFlow is {error} away from the reference")
    return error


def inception(folder, name, source, old, heads, blocks, pool, size, taps, values=None):
    weights = load_file(os.path.join(folder, source + ".safetensors"))
    graph = tf.Graph()
    with graph.as_default():
        Inception(weights, blocks, pool, old, heads, size=size)
    file = name + ".pb"
    write_graph(folder, file, graph)
    common.copy_reference(folder, source, name, file, {tap: tap for tap in taps}, "softmax2_pre_activation", values,
                          input="input", written_by="tensorflow " + tf.__version__, same_weights_as=source)
    with np.load(os.path.join(folder, values or name + ".npz")) as reference:
        error = check(folder, file, "input", "softmax2_pre_activation", reference)
    print(f"{name}: {len(graph.get_operations())} nodes, tensorflow off by {error:.1e}", flush=True)


class Mobile:
    """A small MobileNet as TensorFlow 1 wrote them: fused batch normalisation, depthwise convolution, explicit padding, Relu6, Mean."""

    def __init__(self, x, widths, calibration=None, weights=None):
        self.random, self.weights, self.made = np.random.default_rng(9), weights or {}, {}
        self.calibration, self.x = calibration, x
        self.taps = {}
        before = 3
        scope = "MobilenetV1/Conv2d_0"
        x = tf.pad(x, [[0, 0], [0, 1], [0, 1], [0, 0]], name=scope + "/Pad")
        x = self.normalised(scope, tf.nn.conv2d(x, self.weight(scope + "/weights", 3, 3, before, widths[0]), 2, "VALID", name=scope + "/Conv2D"))
        before = widths[0]
        for index, width in enumerate(widths[1:], 1):
            scope = f"MobilenetV1/Conv2d_{index}_depthwise"
            kernel = self.weight(scope + "/depthwise_weights", 3, 3, before, 1)
            x = self.normalised(scope, tf.nn.depthwise_conv2d(x, kernel, [1, 2, 2, 1], "SAME", name=scope + "/depthwise"))
            scope = f"MobilenetV1/Conv2d_{index}_pointwise"
            x = self.normalised(scope, tf.nn.conv2d(x, self.weight(scope + "/weights", 1, 1, before, width), 1, "SAME", name=scope + "/Conv2D"))
            before = width
        x = tf.reduce_mean(x, [1, 2], keepdims=True, name="MobilenetV1/Logits/AvgPool_1a")
        scope = "MobilenetV1/Logits/Conv2d_1c_1x1"
        x = tf.nn.conv2d(x, self.weight(scope + "/weights", 1, 1, before, 10), 1, "SAME", name=scope + "/Conv2D")
        x = tf.nn.bias_add(x, self.constant(scope + "/biases", lambda: 0.3 * self.random.normal(size=10)), name=scope + "/BiasAdd")
        self.logits = tf.squeeze(x, [1, 2], name="MobilenetV1/Logits/SpatialSqueeze")
        tf.nn.softmax(self.logits, name="MobilenetV1/Predictions/Softmax")

    def constant(self, name, draw):
        if name not in self.weights:
            self.weights[name] = np.asarray(draw(), np.float32)
        return v1.constant(self.weights[name].astype(self.x.dtype.as_numpy_dtype), name=name)

    def weight(self, name, *shape):
        fan = np.prod(shape[:2] if "depthwise" in name else shape[:3])
        return self.constant(name, lambda: self.random.normal(size=shape) / np.sqrt(fan))

    def normalised(self, scope, x):
        def moments():
            with v1.Session() as running:
                value = running.run(x, {self.x: self.calibration})
            return value.mean((0, 1, 2)), value.var((0, 1, 2)) + 1e-3
        width = int(x.shape[-1])
        drawn = None if scope + "/gamma" in self.weights else moments()
        gamma = self.constant(scope + "/gamma", lambda: self.random.uniform(0.5, 1.5, width))
        beta = self.constant(scope + "/beta", lambda: 0.3 + 0.4 * self.random.normal(size=width))
        mean = self.constant(scope + "/moving_mean", lambda: drawn[0] + 0.3 * self.random.normal(size=width) * np.sqrt(drawn[1]))
        variance = self.constant(scope + "/moving_variance", lambda: drawn[1] * self.random.uniform(0.6, 1.7, width))
        if x.dtype == tf.float32:
            x = v1.nn.fused_batch_norm(x, gamma, beta, mean, variance, 1e-3, is_training=False, name=scope + "/BatchNorm/FusedBatchNormV3")[0]
        else:   # the fused operation has no float64 form
            x = tf.nn.batch_normalization(x, mean, variance, beta, gamma, 1e-3)
        x = tf.nn.relu6(x, name=scope + "/Relu6")
        self.taps[scope + "/Relu6"] = x
        return x


def mobile(folder, name, size, widths, count=2):
    label = 7
    calibration = nhwc(common.images(4, 3, size, size, 100, common.SIGNED))
    weights = {}
    def run(dtype, pictures=None):
        graph = tf.Graph()
        with graph.as_default():
            x = v1.placeholder(dtype, [None, size, size, 3], name="input")
            network = Mobile(x, widths, calibration, weights)
            if pictures is None:
                return graph, None
            with session(graph) as running:
                gradient = v1.gradients(tf.reduce_sum(network.logits[:, label]), x)[0]
                return graph, running.run([network.logits, gradient, network.taps], {x: nhwc(pictures)})
    graph, _ = run(tf.float32)
    write_graph(folder, name + ".pb", graph)
    pictures = common.images(count, 3, size, size, 7, common.SIGNED)
    logits, gradient, taps = run(tf.float64, pictures)[1]
    logits32, gradient32, _ = run(tf.float32, pictures)[1]
    chosen = sorted(taps)[1:4]
    common.write_reference(folder, name, name + ".pb", {
        "framework": "tensorflow " + tf.__version__, "class": label, "preprocessing": common.SIGNED, "layout": "NHWC in the file, NCHW here",
        "float32": {"logits": common.relative(logits32, logits), "gradient": common.relative(gradient32, gradient)}, "spread": common.spread(logits),
        "input": "input", "logits": "MobilenetV1/Logits/SpatialSqueeze", "taps": {tap: tap for tap in chosen}},
        input=pictures, logits=logits, gradient=nchw(gradient), **{"tap:" + tap: nchw(taps[tap]) for tap in chosen})
    print(f"{name}: spread {common.spread(logits):.2f}, float32 logits off by {common.relative(logits32, logits):.1e}, "
          f"gradient off by {common.relative(gradient32, gradient):.1e}", flush=True)


BLOCKS = ["3a", "3b", "4a", "4b", "4c", "4d", "4e", "5a", "5b"]
TAPS = ["conv2d1", "mixed3b", "mixed4a", "mixed5b"]
NETWORKS = {
    "inceptionv1_tf": lambda folder, name: inception(folder, name, "inceptionv1", False, False, BLOCKS, 7, 224, TAPS),
    "mobilenet_tf": lambda folder, name: mobile(folder, name, 96, (16, 24, 48)),
    "inceptionv1_tf_oldconcat": lambda folder, name: inception(folder, name, "inceptionv1", True, True, BLOCKS, 7, 224, TAPS),
}


SMALL = {
    "tiny_inceptionv1_tf": lambda folder, name: inception(folder, name, "tiny_inceptionv1", True, False, BLOCKS, 2, 64, TAPS,
                                                          "tiny_inceptionv1_state.npz"),
    "tiny_mobilenet_tf": lambda folder, name: mobile(folder, name, 32, (8, 12, 16)),
}


def make(folder, name):
    NETWORKS[name](folder, name)


def make_small(folder, name):
    SMALL[name](folder, name)
