"""Writes nested.keras and nested.h5, a model with models and shared layers in it and one of many kinds of layers, and nested.npz with
a picture and what Keras 3 computes from it."""

import os

import keras
import numpy as np
from keras import layers

FOLDER = os.path.dirname(os.path.abspath(__file__))


def build():
    picture = layers.Input((20, 20, 3), name="picture")
    stem = keras.Sequential([layers.Input((20, 20, 3)), layers.RandomFlip(), layers.Rescaling(1 / 127.5, offset=-1),
                             layers.Conv2D(6, 3, strides=2, padding="same", activation="gelu", name="first")], name="stem")
    inside = layers.Input((10, 10, 6))
    block = keras.Model(inside, layers.Conv2D(6, 3, padding="same", activation="hard_sigmoid", name="gate")(inside), name="block")
    x = block(block(stem(picture)))
    shared = layers.Conv2D(6, 1, name="shared", activation="hard_swish")
    x = layers.Add(name="twice")([shared(x), shared(layers.AveragePooling2D(3, 1, "same")(x))])
    weight = layers.GlobalAveragePooling2D(keepdims=True)(x)
    x = layers.Multiply(name="weighed")([x, layers.Conv2D(6, 1, activation="sigmoid")(weight)])
    x = (2.0 - (x * 0.5 + 1.0)) / 3.0
    x = layers.LeakyReLU(0.2)(layers.Conv2DTranspose(4, 3, strides=2, padding="same", name="spread")(x))
    x = layers.Conv2DTranspose(4, 2, strides=3, padding="valid", activation="elu")(x)
    x = layers.Cropping2D(((1, 2), (3, 0)))(x)
    x = layers.PReLU(shared_axes=[1, 2], alpha_initializer="random_normal", name="sloped")(x)
    x = layers.MaxPooling2D(4)(layers.UpSampling2D((2, 2), interpolation="bilinear")(x))
    x = layers.Dense(5, activation="selu", name="everywhere")(layers.LayerNormalization(name="normal")(x))
    x = layers.MaxPooling2D(4)(layers.SeparableConv2D(6, 3, dilation_rate=2, activation="silu")(x))
    x = layers.Permute((2, 1, 3))(layers.Permute((2, 1, 3))(x))
    x = layers.Dense(12, activation="softplus")(layers.Reshape((-1,))(x))
    x = layers.Conv2D(7, 1, name="last")(layers.Reshape((1, 1, 12))(x))
    return keras.Model(picture, layers.Softmax(name="shares")(layers.Flatten()(x)), name="nested")


keras.utils.set_random_seed(3)
model = build()
random = np.random.default_rng(5)
for weights in model.weights:
    if weights.dtype == "float32" and len(weights.shape) == 1:
        weights.assign(random.uniform(0.2, 1.0, weights.shape))
picture = random.uniform(0, 255, (1, 20, 20, 3)).astype(np.float32)
model.save(os.path.join(FOLDER, "nested.keras"))
model.save(os.path.join(FOLDER, "nested.h5"))
np.savez_compressed(os.path.join(FOLDER, "nested.npz"), input=np.moveaxis(picture, -1, 1),
                    shares=np.asarray(model(picture, training=False)))
