"""InceptionV1 in its published form: the same weights as PyTorch state dict, ONNX, TensorFlow graph and Caffe-style ONNX."""

import os

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from safetensors.torch import save_file
from torch import nn
from torch.nn import functional

import common

# block: 1x1, 3x3 bottleneck, 3x3, 5x5 bottleneck, 5x5, pool
PUBLISHED = {
    "3a": (64, 96, 128, 16, 32, 32), "3b": (128, 128, 192, 32, 96, 64),
    "4a": (192, 96, 204, 16, 48, 64), "4b": (160, 112, 224, 24, 64, 64), "4c": (128, 128, 256, 24, 64, 64),
    "4d": (112, 144, 288, 32, 64, 64), "4e": (256, 160, 320, 32, 128, 128),
    "5a": (256, 160, 320, 48, 128, 128), "5b": (384, 192, 384, 48, 128, 128)}
STEM = (64, 64, 192)
SMALL = {block: tuple(max(2, channels // 32) for channels in widths) for block, widths in PUBLISHED.items()}
SMALL_STEM = (6, 4, 8)
LRN = {"size": 9, "alpha": 1e-4, "beta": 0.5, "k": 1.0}
BRANCHES = ("1x1", "3x3_bottleneck", "3x3", "5x5_bottleneck", "5x5", "pool_reduce")


def convolutions(stem, blocks):
    """(name, in, out, kernel) of every convolution, in the order of the published graph."""
    yield "conv2d0", 3, stem[0], 7
    yield "conv2d1", stem[0], stem[1], 1
    yield "conv2d2", stem[1], stem[2], 3
    wide = stem[2]
    for block, (one, before3, three, before5, five, pool) in blocks.items():
        name = "mixed" + block
        yield name + "_1x1", wide, one, 1
        yield name + "_3x3_bottleneck", wide, before3, 1
        yield name + "_3x3", before3, three, 3
        yield name + "_5x5_bottleneck", wide, before5, 1
        yield name + "_5x5", before5, five, 5
        yield name + "_pool_reduce", wide, pool, 1
        wide = one + three + five + pool


class InceptionV1(nn.Module):
    """The network with the parameter names of the PyTorch ports of it."""

    def __init__(self, stem=STEM, blocks=None, classes=1008, pool=7):
        super().__init__()
        self.blocks = dict(blocks or PUBLISHED)
        self.pool = pool
        for name, before, after, size in convolutions(stem, self.blocks):
            self.add_module(name + "_pre_relu_conv",
                            nn.Conv2d(before, after, size, stride=2 if name == "conv2d0" else 1,
                                      padding=0 if name == "conv2d0" else size // 2))
        last = list(self.blocks.values())[-1]
        for name in ["conv2d0", "conv2d1", "conv2d2"] + ["mixed" + block for block in self.blocks]:
            self.add_module(name, nn.Identity())   # a place to listen at; it has no parameters
        self.softmax2_pre_activation_matmul = nn.Linear(last[0] + last[2] + last[4] + last[5], classes)

    def active(self, name, x):
        return functional.relu(self.get_submodule(name + "_pre_relu_conv")(x))

    @staticmethod
    def halve(x):
        return functional.max_pool2d(functional.pad(x, (0, 1, 0, 1), value=float("-inf")), 3, 2)

    def features(self, x):
        """Up to the last block."""
        x = self.conv2d0(self.active("conv2d0", functional.pad(x, (2, 3, 2, 3))))
        x = functional.local_response_norm(self.halve(x), **LRN)
        x = self.conv2d1(self.active("conv2d1", x))
        x = self.conv2d2(self.active("conv2d2", x))
        x = self.halve(functional.local_response_norm(x, **LRN))
        for block in self.blocks:
            name = "mixed" + block
            if block in ("4a", "5a"):
                x = self.halve(x)
            branches = [self.active(name + "_1x1", x),
                        self.active(name + "_3x3", self.active(name + "_3x3_bottleneck", x)),
                        self.active(name + "_5x5", self.active(name + "_5x5_bottleneck", x)),
                        self.active(name + "_pool_reduce", functional.max_pool2d(x, 3, 1, 1))]
            x = self.get_submodule(name)(torch.cat(branches, 1))
        return x

    def forward(self, x):
        x = functional.avg_pool2d(self.features(x), self.pool, 1)
        return self.softmax2_pre_activation_matmul(x.flatten(1))


CAFFE_BRANCHES = {"1x1": "1x1", "3x3_bottleneck": "3x3_reduce", "3x3": "3x3", "5x5_bottleneck": "5x5_reduce",
                  "5x5": "5x5", "pool_reduce": "pool_proj"}


def caffe_name(name):
    """conv2d0 -> conv1/7x7_s2, mixed4a_3x3_bottleneck -> inception_4a/3x3_reduce."""
    stem = {"conv2d0": "conv1/7x7_s2", "conv2d1": "conv2/3x3_reduce", "conv2d2": "conv2/3x3"}
    if name in stem:
        return stem[name]
    block, branch = name.removeprefix("mixed").split("_", 1)
    return f"inception_{block}/{CAFFE_BRANCHES[branch]}"


def caffe_onnx(model, size, opset):
    """The network as the old converters from Caffe wrote it: nameless nodes, weights also listed as inputs, LRN as an operation,
    asymmetric pads, Dropout, Reshape before Gemm, Softmax at the end."""
    weights = {name: value.detach().numpy() for name, value in model.state_dict().items()}
    nodes, tensors = [], []

    def tensor(name, value):
        tensors.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def node(operation, inputs, output, **attributes):
        nodes.append(helper.make_node(operation, inputs, [output], **attributes))
        return output

    def active(name, x):
        caffe = caffe_name(name)
        kernel = tensor(caffe + "_w_0", weights[name + "_pre_relu_conv.weight"])
        bias = tensor(caffe + "_b_0", weights[name + "_pre_relu_conv.bias"])
        wide = weights[name + "_pre_relu_conv.weight"].shape[2]
        half = wide // 2
        pads = [2, 2, 3, 3] if name == "conv2d0" else [half] * 4
        stride = 2 if name == "conv2d0" else 1
        x = node("Conv", [x, kernel, bias], caffe + "_1", kernel_shape=[wide, wide], strides=[stride, stride], pads=pads)
        return node("Relu", [x], caffe + "_2")

    def halve(x, name):
        return node("MaxPool", [x], name, kernel_shape=[3, 3], strides=[2, 2], pads=[0, 0, 1, 1])

    def normalise(x, name):
        return node("LRN", [x], name, size=LRN["size"], alpha=LRN["alpha"], beta=LRN["beta"], bias=LRN["k"])

    x = active("conv2d0", "data_0")
    x = normalise(halve(x, "pool1/3x3_s2_1"), "pool1/norm1_1")
    x = active("conv2d2", active("conv2d1", x))
    x = halve(normalise(x, "conv2/norm2_1"), "pool2/3x3_s2_1")
    for block in model.blocks:
        name = "mixed" + block
        if block in ("4a", "5a"):
            x = halve(x, f"pool{int(block[0]) - 1}/3x3_s2_1")
        pooled = node("MaxPool", [x], f"inception_{block}/pool_1", kernel_shape=[3, 3], strides=[1, 1], pads=[1, 1, 1, 1])
        x = node("Concat", [active(name + "_1x1", x), active(name + "_3x3", active(name + "_3x3_bottleneck", x)),
                            active(name + "_5x5", active(name + "_5x5_bottleneck", x)),
                            active(name + "_pool_reduce", pooled)], f"inception_{block}/output_1", axis=1)
    x = node("AveragePool", [x], "pool5/7x7_s1_1", kernel_shape=[model.pool, model.pool], strides=[1, 1], pads=[0, 0, 0, 0])
    nodes.append(helper.make_node("Dropout", [x], ["pool5/7x7_s1_2", "_pool5/7x7_s1_mask_1"], ratio=0.4))
    dense = weights["softmax2_pre_activation_matmul.weight"]
    x = node("Reshape", ["pool5/7x7_s1_2", tensor("OC2_DUMMY_1", np.array([1, dense.shape[1]], np.int64))], "OC2_DUMMY_0")
    x = node("Gemm", [x, tensor("loss3/classifier_w_0", dense),
                      tensor("loss3/classifier_b_0", weights["softmax2_pre_activation_matmul.bias"])],
             "loss3/classifier_1", transB=1)
    node("Softmax", [x], "prob_1")
    kinds = {np.dtype(np.float32): TensorProto.FLOAT, np.dtype(np.int64): TensorProto.INT64}
    inputs = [helper.make_tensor_value_info("data_0", TensorProto.FLOAT, [1, 3, size, size])]
    inputs += [helper.make_tensor_value_info(value.name, value.data_type, list(value.dims)) for value in tensors]
    graph = helper.make_graph(nodes, "inception_v1", inputs,
                              [helper.make_tensor_value_info("prob_1", TensorProto.FLOAT, [1, dense.shape[0]])], tensors)
    return helper.make_model(graph, producer_name="onnx-caffe2", ir_version=3,
                             opset_imports=[helper.make_opsetid("", opset)])


def write_state(folder, name, model):
    common.write_atomically(os.path.join(folder, name + ".safetensors"),
                            lambda path: save_file({key: value.contiguous() for key, value in model.state_dict().items()},
                                                   path, metadata={"format": "pt"}))


def write_caffe(folder, name, model, size, opset):
    produced = caffe_onnx(model, size, opset)
    onnx.checker.check_model(produced)
    common.write_atomically(os.path.join(folder, name + ".onnx"), lambda path: onnx.save(produced, path))
