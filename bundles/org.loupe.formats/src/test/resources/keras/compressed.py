"""Writes compressed.h5: a Keras 2 model of one layer whose weights somebody has compressed with gzip."""

import json
import os

import h5py
import numpy as np

layer = {"class_name": "Conv2D", "config": {"name": "only", "batch_input_shape": [None, 8, 8, 3], "filters": 2,
                                            "kernel_size": [1, 1], "strides": [1, 1], "padding": "valid"}}
with h5py.File(os.path.join(os.path.dirname(os.path.abspath(__file__)), "compressed.h5"), "w", libver="earliest") as file:
    file.attrs["model_config"] = json.dumps({"class_name": "Sequential", "config": {"name": "small", "layers": [layer]}})
    file.attrs["keras_version"] = "2.15.0"
    weights = file.create_group("model_weights/only/only")
    weights.create_dataset("kernel:0", data=np.ones((1, 1, 3, 2), "f4"), chunks=(1, 1, 3, 2), compression="gzip")
    weights.create_dataset("bias:0", data=np.ones(2, "f4"), chunks=(2,), compression="gzip")
