"""Keras networks with seeded random weights as .keras, as Keras 3 .h5, as Keras 2 .h5 and as TensorFlow frozen graph."""

import os

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "0")

import h5py
import keras
import numpy as np
import tensorflow as tf
from keras import layers

import common
import keras2

tf.config.threading.set_intra_op_parallelism_threads(1)
tf.config.threading.set_inter_op_parallelism_threads(1)
LABEL = 17
STEADY = 2e-4   # as for the PyTorch networks
NUDGE = 5e-6
MARGIN = 3e-5


def nhwc(picture):
    return np.ascontiguousarray(np.moveaxis(picture, 1, -1))


def nchw(value):
    return np.moveaxis(value, -1, 1) if value.ndim == 4 else value


def nodes(model):
    """The layer calls of a functional model in the order in which they can run."""
    graph = getattr(model, "_functional", model)
    for depth in sorted(graph._nodes_by_depth, reverse=True):
        for node in graph._nodes_by_depth[depth]:
            if not node.is_input:
                yield node


def randomise(model, pictures, seed, shift=0.5):
    """Random weights, scaled layer by layer on the pictures; the same recipe as for the PyTorch networks."""
    random = np.random.default_rng(seed)
    values = {id(tensor): tf.constant(nhwc(pictures)) for tensor in model.inputs}
    for node in nodes(model):
        layer = node.operation
        arguments, options = node.arguments.fill_in(values)
        if isinstance(layer, layers.BatchNormalization):
            x = arguments[0].numpy()
            mean, variance = x.mean((0, 1, 2)), np.maximum(x.var((0, 1, 2)), 1e-3)
            drawn = {"gamma": random.uniform(0.4, 1.2, mean.shape), "beta": shift + 0.3 * random.normal(size=mean.shape),
                     "moving_mean": mean + 0.3 * random.normal(size=mean.shape) * np.sqrt(variance),
                     "moving_variance": variance * random.uniform(0.6, 1.7, mean.shape)}
            for weight in layer.weights:
                weight.assign(drawn[weight.name].astype(np.float32))
        elif layer.weights:
            kernel = layer.weights[0]
            fan = np.prod(kernel.shape[:2] if isinstance(layer, layers.DepthwiseConv2D) else kernel.shape[:-1])
            if isinstance(layer, layers.SeparableConv2D):
                pointwise = layer.weights[1]
                pointwise.assign(random.normal(size=pointwise.shape).astype(np.float32) / np.sqrt(pointwise.shape[-2]))
            drawn = random.normal(size=kernel.shape) / np.sqrt(fan)
            activation, layer.activation = layer.activation, None
            kernel.assign(drawn.astype(np.float32))
            bias = layer.bias if layer.use_bias else None
            if bias is not None:
                bias.assign(np.zeros(bias.shape, np.float32))
            raw = layer(*arguments).numpy()
            mean = raw.mean(tuple(range(raw.ndim - 1)))
            scale = 1 / max((raw - mean).std(), 1e-6)
            kernel.assign((drawn * scale).astype(np.float32))
            if bias is not None:
                bias.assign((shift + 0.3 * random.normal(size=mean.shape) - mean * scale).astype(np.float32))
            layer.activation = activation
        result = layer(*arguments, **{key: value for key, value in options.items() if key != "training"})
        values.update(zip((id(output) for output in node.outputs), [result]))


def gradient_of(model):
    """picture (NHWC) -> d sum(logits[:, LABEL]) / d picture."""
    @tf.function
    def run(x):
        with tf.GradientTape() as tape:
            tape.watch(x)
            total = tf.reduce_sum(model(x, training=False)[:, LABEL % model.output_shape[-1]])
        return tape.gradient(total, x)
    return lambda picture: nchw(run(tf.constant(picture)).numpy())


def widened(build, model):
    """The same network in float64."""
    def precision(name):
        keras.config.set_floatx(name)
        keras.config.set_dtype_policy(name)

    precision("float64")
    try:
        wide = build()
    finally:
        precision("float32")
    assert wide.layers[-1].weights[0].dtype == "float64"
    for ours, theirs in zip(wide.layers, model.layers):
        ours.set_weights([value.astype(np.float64) for value in theirs.get_weights()])
    return wide


def bends(model):
    """(tensor, its kinks) of every rectifier, and (tensor, window, step) of every maximum pooling, which are all without padding."""
    for layer in model.layers:
        if isinstance(layer, layers.ReLU):
            yield layer.input, (0.0,) + ((float(layer.max_value),) if layer.max_value is not None else ())
        elif isinstance(layer, layers.Activation) and layer.activation is keras.activations.relu:
            yield layer.input, (0.0,)
        elif isinstance(layer, layers.MaxPooling2D):
            assert layer.padding == "valid"
            yield layer.input, layer.pool_size[0], layer.strides[0]


def settle(wide, picture, rounds=60):
    """The picture (NHWC), changed until no unit of the float64 network is near its kink; see margins.py."""
    found = list(bends(wide))
    inner = keras.Model(wide.inputs, [tensor for tensor, *_ in found])

    def distances(value, about):
        if isinstance(about[0], tuple):
            return [tf.abs(value - kink) for kink in about[0]]
        size, step = about
        patches = tf.image.extract_patches(value, [1, size, size, 1], [1, step, step, 1], [1, 1, 1, 1], "VALID")
        entries = tf.reshape(patches, [-1, size * size, value.shape[-1]])
        best = tf.math.top_k(tf.transpose(entries, [0, 2, 1]), 2).values
        gap = best[..., 0] - best[..., 1]
        return [tf.boolean_mask(gap, gap > 0)]

    @tf.function
    def lacking(x):
        with tf.GradientTape() as tape:
            tape.watch(x)
            total, near = tf.constant(0.0, tf.float64), tf.constant(0, tf.int64)
            for value, (_, *about) in zip(inner(x, training=False), found):
                spread = tf.stop_gradient(tf.math.reduce_std(value))
                for distance in distances(value, about):
                    lack = tf.nn.relu(1 - distance / (MARGIN * spread))
                    total, near = total + tf.reduce_sum(lack * lack), near + tf.math.count_nonzero(lack)
        return total, tape.gradient(total, x), near

    settled = picture.astype(np.float64)
    for _ in range(rounds):
        total, gradient, near = (value.numpy() for value in lacking(tf.constant(settled)))
        if near == 0:
            break
        settled = settled - gradient * total / (gradient ** 2).sum()   # a step of Polyak's: the least is 0
    return settled.astype(np.float32)


def choose(narrow, wide, draw, settled, tries=25, count=2):
    """Pictures at which the float32 gradient means something, and the float64 one stays when they are nudged; see the
    PyTorch networks."""
    ranked = []
    for seed in range(7, 7 + tries):
        picture = settled(draw(seed))
        wanted = wide(nhwc(picture).astype(np.float64))
        worst = common.relative(narrow(nhwc(picture)), wanted)
        for probe in range(3 if worst <= STEADY else 0):
            nudge = np.random.default_rng(probe).uniform(-NUDGE, NUDGE, picture.shape) * picture.std()
            worst = max(worst, common.relative(wide(nhwc(picture + nudge)), wanted))
        ranked.append((worst, seed, picture))
        if sum(entry[0] <= STEADY for entry in ranked) >= count:
            break
    ranked.sort(key=lambda entry: entry[:2])
    return (np.concatenate([entry[2] for entry in ranked[:count]]),
            {"pictures": [entry[1] for entry in ranked[:count]], "gradient": [entry[0] for entry in ranked[:count]]})


def freeze(model, path, size, channels):
    """The frozen graph that TensorFlow users write from a Keras model."""
    from tensorflow.python.framework.convert_to_constants import convert_variables_to_constants_v2
    run = tf.function(lambda x: model(x, training=False))
    concrete = run.get_concrete_function(tf.TensorSpec([None, size, size, channels], tf.float32, name="input"))
    frozen = convert_variables_to_constants_v2(concrete)
    common.write_atomically(path, lambda temporary: tf.io.write_graph(
        frozen.graph, os.path.dirname(temporary), os.path.basename(temporary), as_text=False))
    return frozen.graph


def frozen_names(graph, model, pictures, wanted):
    """The tensors of a frozen graph that hold the wanted values (NCHW): {tap: (name, error)}."""
    v1 = tf.compat.v1
    tensors = [output for operation in graph.get_operations() for output in operation.outputs
               if output.dtype == tf.float32 and operation.type not in ("Const", "Placeholder") and output.shape.rank in (2, 4)]
    found = {}
    with v1.Session(graph=graph) as session:
        feed = next(operation for operation in graph.get_operations() if operation.type == "Placeholder")
        for tensor in tensors:
            candidates = [tap for tap, value in wanted.items() if tensor.shape[-1] == value.shape[1] and tensor.shape.rank == value.ndim]
            if candidates:
                value = nchw(session.run(tensor, {feed.outputs[0].name: nhwc(pictures)}))
                for tap in candidates:
                    if value.shape == wanted[tap].shape:
                        error = common.relative(value, wanted[tap])
                        if error < 1e-3 and (tap not in found or error < found[tap][1] * 0.5):
                            found[tap] = (tensor.op.name, error)
    return found, feed.name


def application(builder, **options):
    # the logits, not the softmax, are the output that gradients are taken of; a softmax would hide errors
    return lambda: builder(weights=None, classifier_activation=None, **options)


def small_mixed(size=32):
    """Every layer kind that small Keras models have, softmax included as an activation of the last layer."""
    def build():
        x = start = keras.Input((size, size, 3), name="picture")
        x = layers.Conv2D(8, 3, strides=2, padding="same", activation="relu", name="stem")(x)
        x = layers.BatchNormalization(name="stem_norm")(x)
        left = layers.Conv2D(8, (1, 3), padding="same", use_bias=False, name="left")(x)
        left = layers.BatchNormalization(scale=False, name="left_norm")(left)
        left = layers.Activation("relu", name="left_relu")(left)
        right = layers.SeparableConv2D(8, 3, padding="same", activation="relu", name="right")(x)
        x = layers.Concatenate(name="both")([left, right])
        x = layers.MaxPooling2D(3, 2, padding="same", name="pool")(x)
        y = layers.DepthwiseConv2D(3, padding="same", name="depth")(x)
        y = layers.ReLU(6.0, name="depth_relu6")(y)
        y = layers.Conv2D(16, 1, activation="linear", name="project")(y)
        y = layers.LeakyReLU(negative_slope=0.1, name="leaky")(y)
        x = layers.Add(name="sum")([x, y])
        x = layers.ZeroPadding2D(((0, 1), (1, 0)), name="pad")(x)
        x = layers.Conv2D(16, 3, dilation_rate=2, padding="valid", activation="tanh", name="dilated")(x)
        x = layers.UpSampling2D(2, name="up")(x)
        x = layers.AveragePooling2D(2, name="average")(x)
        x = layers.Dropout(0.3, name="drop")(x)
        x = layers.Flatten(name="flat")(x)
        return keras.Model(start, layers.Dense(10, name="logits")(x), name="small_mixed")
    return build


def small_sequential(size=28):
    """The tutorial network: Sequential, grey, no explicit input layer name."""
    def build():
        return keras.Sequential([keras.Input((size, size, 1)), layers.Rescaling(1 / 255.0), layers.Conv2D(8, 3, activation="relu"), layers.MaxPooling2D(2),
                                 layers.Conv2D(12, 3, activation="relu"), layers.MaxPooling2D(2), layers.Flatten(),
                                 layers.Dropout(0.5), layers.Dense(10)], name="small_sequential")
    return build


# name: (builder, size, channels, preprocessing, taps, also as Keras 2, also as frozen graph)
NETWORKS = {
    "keras_mobilenetv2": (application(keras.applications.MobileNetV2), 224, 3, common.SIGNED,
                          ["block_3_expand_relu", "block_6_project_BN", "block_13_depthwise_relu", "out_relu"], True, True),
    "keras_resnet50": (application(keras.applications.ResNet50), 224, 3, common.CAFFE,
                       ["conv3_block1_out", "conv4_block2_2_relu", "conv5_block3_out"], True, False),
    "keras_inceptionv3": (application(keras.applications.InceptionV3), 299, 3, common.SIGNED,
                          ["mixed2", "mixed5", "mixed10"], True, False),
    "keras_small_mixed": (small_mixed(64), 64, 3, common.UNIT, ["stem", "left_relu", "right", "leaky", "dilated"], True, True),
    "keras_small_sequential": (small_sequential(28), 28, 1, {**common.UNIT, "range": [0.0, 255.0]},
                               ["conv2d", "conv2d_1"], True, True),
}
CALM = {"keras_resnet50", "keras_inceptionv3", "keras_mobilenetv2"}


def reference(folder, name, build, size, channels, preprocessing, taps, shift, count):
    """Builds and randomises, and returns the model with its float64 values."""
    keras.utils.set_random_seed(1)
    keras.backend.clear_session()
    model = build()
    randomise(model, common.images(4, channels, size, size, 100, preprocessing), 1, shift)
    first = {layer.name: index for index, layer in enumerate(model.layers)}
    wide = widened(build, model)
    pictures, rounding = choose(gradient_of(model), gradient_of(wide),
                                lambda seed: common.images(1, channels, size, size, seed, preprocessing),
                                lambda picture: nchw(settle(wide, nhwc(picture))) if size > 64 else picture, count=count)
    x64 = nhwc(pictures).astype(np.float64)
    inner = keras.Model(wide.inputs, [wide.layers[first[tap]].output for tap in taps] + [wide.outputs[0]])
    *activations, logits = [nchw(value.numpy()) for value in inner(x64, training=False)]
    gradient = gradient_of(wide)(x64)
    narrow = model(nhwc(pictures), training=False).numpy()
    others = model(nhwc(common.images(2, channels, size, size, 200, preprocessing)), training=False).numpy()
    about = {"framework": "keras " + keras.__version__ + ", tensorflow " + tf.__version__, "class": LABEL % logits.shape[1],
             "preprocessing": preprocessing, "layout": "NHWC in the file, NCHW here",
             "float32": {"logits": common.relative(narrow, logits),
                         "gradient": common.relative(gradient_of(model)(nhwc(pictures)), gradient),
                         "gradient_norm": common.relative_norm(gradient_of(model)(nhwc(pictures)), gradient), "orders": rounding},
             "spread": common.spread(others)}
    return model, about, dict(zip(taps, activations)), {"input": pictures, "logits": logits, "gradient": gradient}


def make(folder, name, networks=None, count=2):
    build, size, channels, preprocessing, taps, old, frozen = (networks or NETWORKS)[name]
    model, about, activations, arrays = reference(folder, name, build, size, channels, preprocessing, taps,
                                                  1.5 if name in CALM else 0.5, count)
    def written(suffix, file, **more):
        about_file = {**about, "logits": model.layers[-1].name, "taps": {tap: tap for tap in taps}, **more}
        common.write_reference(folder, name + suffix, file, about_file, name + ".npz" if suffix else None,
                               **arrays, **{"tap:" + tap: value for tap, value in activations.items()})

    for suffix, extension in (("", ".keras"), ("_k3", ".h5")):
        common.write_atomically(os.path.join(folder, name + suffix + extension), model.save)
        written(suffix, name + suffix + extension)
    if old:
        error = keras2.write(os.path.join(folder, name + "_k2.h5"), model, nhwc(arrays["input"]), arrays["logits"])
        written("_k2", name + "_k2.h5", written_by="the Keras 2 writer in tensorflow " + tf.__version__)
    if frozen:
        graph = freeze(model, os.path.join(folder, name + "_tf.pb"), size, channels)
        found, feed = frozen_names(graph, model, arrays["input"], {**activations, "": arrays["logits"]})
        common.write_reference(folder, name + "_tf", name + "_tf.pb", {
            **about, "input": feed, "logits": found[""][0], "taps": {tap: found[tap][0] for tap in taps if tap in found}},
            **arrays, **{"tap:" + found[tap][0]: activations[tap] for tap in taps if tap in found})
    print(f"{name}: {len(model.layers)} layers, spread {about['spread']:.2f}, float32 logits off by {about['float32']['logits']:.1e}, "
          f"gradient off by {about['float32']['gradient']:.1e}" + (f", as Keras 2 off by {error:.1e}" if old else "")
          + (f", frozen taps {len(found) - 1} of {len(taps)}" if frozen else ""), flush=True)


SMALL = {
    "tiny_mixed": (small_mixed(32), 32, 3, common.UNIT, ["stem", "left_relu", "right", "leaky", "dilated"], True, True),
    "tiny_sequential": (small_sequential(20), 20, 1, {**common.UNIT, "range": [0.0, 255.0]}, ["conv2d", "conv2d_1"], True, True),
}


def make_small(folder, name):
    make(folder, name, SMALL, 1)
