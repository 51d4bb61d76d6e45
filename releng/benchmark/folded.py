"""torchvision's networks with the weights of an ONNX file, normalizations folded into convolutions on both sides."""

import pathlib
import sys

import onnx
import torch
from onnx import numpy_helper
from torch import fx, nn
from torch.fx.experimental.optimization import fuse

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "zoo"))
from torch_networks import torchvision  # noqa: E402


def network(file):
    """The network that the file is named after, in PyTorch. Its convolutions and dense layers come in the file's order."""
    graph = onnx.load(file).graph
    values = {tensor.name: torch.from_numpy(numpy_helper.to_array(tensor).copy()) for tensor in graph.initializer}
    nodes = [node for node in graph.node if node.op_type in ("Conv", "Gemm")]
    model = fuse(fx.symbolic_trace(torchvision.models.get_model(pathlib.Path(file).stem, weights=None).eval()))
    modules = dict(model.named_modules())
    own = [modules[node.target] for node in model.graph.nodes
           if node.op == "call_module" and isinstance(modules[node.target], (nn.Conv2d, nn.Linear))]
    if len(own) != len(nodes):
        raise ValueError(f"{file} has {len(nodes)} convolutions and dense layers, torchvision's network {len(own)}")
    with torch.no_grad():
        for module, node in zip(own, nodes):
            module.weight.copy_(values[node.input[1]])
            module.bias.copy_(values[node.input[2]])
    return model
