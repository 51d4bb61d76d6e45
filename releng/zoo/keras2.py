"""Writes a network as Keras 2 did, with the copy of Keras 2 (2.6 and its HDF5 writer) that TensorFlow still carries inside.

That copy has lost BatchNormalization; the class here gives it back its configuration and its weight names.
"""

import h5py
import numpy as np
import tensorflow as tf
from tensorflow.python import keras
from tensorflow.python.keras import backend, models
from tensorflow.python.keras import layers as old
from tensorflow.python.keras.engine import base_layer, sequential
from tensorflow.python.keras.saving import hdf5_format

import common


class BatchNormalization(base_layer.Layer):
    """Inference only, over the last axis, with the configuration of Keras 2."""

    def __init__(self, axis=-1, momentum=0.99, epsilon=1e-3, center=True, scale=True, **options):
        super().__init__(**options)
        self.axis, self.momentum, self.epsilon, self.center, self.scale = axis, momentum, epsilon, center, scale

    def build(self, shape):
        width = [shape[-1]]
        self.gamma = self.add_weight("gamma", width, initializer="ones") if self.scale else None
        self.beta = self.add_weight("beta", width, initializer="zeros") if self.center else None
        self.moving_mean = self.add_weight("moving_mean", width, initializer="zeros", trainable=False)
        self.moving_variance = self.add_weight("moving_variance", width, initializer="ones", trainable=False)
        super().build(shape)

    def call(self, x):
        return tf.nn.batch_normalization(x, self.moving_mean, self.moving_variance, self.beta, self.gamma, self.epsilon)

    def get_config(self):
        zeros, ones = ({"class_name": kind, "config": {}} for kind in ("Zeros", "Ones"))
        return {**super().get_config(), "axis": [3], "momentum": self.momentum, "epsilon": self.epsilon,
                "center": self.center, "scale": self.scale, "beta_initializer": zeros, "gamma_initializer": ones,
                "moving_mean_initializer": zeros, "moving_variance_initializer": ones, "beta_regularizer": None,
                "gamma_regularizer": None, "beta_constraint": None, "gamma_constraint": None}


class Rescaling(base_layer.Layer):
    """x * scale + offset."""

    def __init__(self, scale, offset=0.0, **options):
        super().__init__(**options)
        self.scale, self.offset = scale, offset

    def call(self, x):
        return x * self.scale + self.offset

    def get_config(self):
        return {**super().get_config(), "scale": self.scale, "offset": self.offset}


# the copy was taken at 2.6 and has lost its version, which the writer puts into the file
keras.__version__ = "2.6.0"
OWN = {"BatchNormalization": BatchNormalization, "Rescaling": Rescaling}
ARGUMENTS = {
    "Conv2D": ("filters", "kernel_size", "strides", "padding", "dilation_rate", "groups", "activation", "use_bias"),
    "DepthwiseConv2D": ("kernel_size", "strides", "padding", "dilation_rate", "depth_multiplier", "activation", "use_bias"),
    "SeparableConv2D": ("filters", "kernel_size", "strides", "padding", "dilation_rate", "depth_multiplier", "activation", "use_bias"),
    "Dense": ("units", "activation", "use_bias"), "Activation": ("activation",), "Dropout": ("rate",), "Flatten": (),
    "MaxPooling2D": ("pool_size", "strides", "padding"), "AveragePooling2D": ("pool_size", "strides", "padding"),
    "GlobalAveragePooling2D": (), "GlobalMaxPooling2D": (), "ZeroPadding2D": ("padding",), "Concatenate": ("axis",), "Add": (),
    "ReLU": ("max_value", "threshold", "negative_slope"), "BatchNormalization": ("momentum", "epsilon", "center", "scale"),
    "UpSampling2D": ("size", "interpolation"), "Rescaling": ("scale", "offset"), "Softmax": ("axis",), "Reshape": ("target_shape",),
}


def layer(new):
    """The Keras 2 layer for a Keras 3 one."""
    kind, configuration = type(new).__name__, new.get_config()
    if kind == "LeakyReLU":
        return old.LeakyReLU(alpha=configuration["negative_slope"], name=new.name)
    arguments = {key: configuration[key] for key in ARGUMENTS[kind] if key in configuration}
    return (OWN.get(kind) or getattr(old, kind))(name=new.name, **arguments)


def convert(model):
    """The same network, with the same weights, made of Keras 2 layers."""
    made = {}
    if type(model).__name__ == "Sequential":
        result = sequential.Sequential(name=model.name)
        for index, new in enumerate(model.layers):
            made[new.name] = layer(new)
            if index == 0:
                result.add(old.InputLayer(input_shape=model.input_shape[1:], name=model.inputs[0].name + "_input"))
            result.add(made[new.name])
    else:
        values = {id(tensor): old.Input(tensor.shape[1:], name=tensor.name) for tensor in model.inputs}
        for depth in sorted(model._nodes_by_depth, reverse=True):
            for node in model._nodes_by_depth[depth]:
                if not node.is_input:
                    made[node.operation.name] = layer(node.operation)
                    inputs = [values[id(tensor)] for tensor in node.input_tensors]
                    values[id(node.outputs[0])] = made[node.operation.name](inputs if len(inputs) > 1 else inputs[0])
        result = models.Model([values[id(tensor)] for tensor in model.inputs], values[id(model.outputs[0])], name=model.name)
    for new in model.layers:
        if new.weights:
            made[new.name].set_weights(new.get_weights())
    return result


def write(path, model, pictures, logits):
    """Writes PATH and returns how far what Keras 2 computes is from the logits, relative to the largest of them."""
    backend.clear_session()
    result = convert(model)
    error = common.relative(result(tf.constant(pictures)).numpy(), logits)
    if error > 1e-4:
        raise ValueError(f"{path}: the Keras 2 form is {error} away from the reference")

    def save(temporary):
        with h5py.File(temporary, "w") as file:
            hdf5_format.save_model_to_hdf5(result, file, include_optimizer=False)
    common.write_atomically(path, save)
    return error
