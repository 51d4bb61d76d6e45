"""Computes with PyTorch, in 64 bits, what a linear attribution must find, for the test of org.loupe.core.probe.

    python3 releng/reference/attribution.py bundles/org.loupe.core/src/test/resources/org/loupe/core/probe/attribution.npz

The network has a shortcut past its second layer: low = relu(conv(x)), high = relu(conv(low)), both = high + half(x), scores =
dense(maxpool(both)). For the layers low and high and the target (score of class 2 less that of class 0, and unit high:1 at
1,2), contributions are the activation times the mean gradient on a path from zero, where all that does not depend on the
layer stays as it is. PyTorch is all that is needed (made with 2.13).
"""

import sys

import numpy as np
import torch
from torch.nn.functional import conv2d, linear, max_pool2d, relu

torch.manual_seed(5)
torch.set_default_dtype(torch.float64)


def numbers(*shape):
    """Numbers that are the same with 32 bits."""
    return torch.randn(*shape).mul(64).round() / 128


WEIGHTS = {"low": numbers(4, 3, 3, 3), "low bias": numbers(4), "high": numbers(5, 4, 3, 3), "high bias": numbers(5),
           "half": numbers(5, 3, 1, 1), "scores": numbers(3, 5 * 3 * 2), "scores bias": numbers(3)}
PICTURE = torch.rand(1, 3, 6, 5).mul(256).floor() / 256


def low(x):
    return relu(conv2d(x, WEIGHTS["low"], WEIGHTS["low bias"], padding=1))


def before(activation):
    return conv2d(activation, WEIGHTS["high"], WEIGHTS["high bias"], padding=1)


def scores(high, x):
    both = high + conv2d(x, WEIGHTS["half"])
    return linear(max_pool2d(both, 2).flatten(1), WEIGHTS["scores"], WEIGHTS["scores bias"])


def contributions(activation, target, steps):
    """The activation times the mean gradient, and the target for the activation and without it."""
    mean = torch.zeros_like(activation)
    for step in range(steps):
        share = 1 if steps == 1 else (step + 0.5) / steps
        scaled = (share * activation).detach().requires_grad_()
        mean += torch.autograd.grad(target(scaled), scaled)[0] / steps
    return activation * mean, target(activation), target(torch.zeros_like(activation))


def main(file):
    x = PICTURE * 255 / 64 - 2
    found = {name.replace(" ", "-"): value for name, value in WEIGHTS.items()}
    found["picture"] = PICTURE

    def difference(high):
        return (scores(high, x)[0, 2] - scores(high, x)[0, 0]).sum()

    targets = {"low/classes": (low(x), lambda a: difference(relu(before(a)))),
               "high/classes": (relu(before(low(x))), difference),
               "low/unit": (low(x), lambda a: before(a)[0, 1, 1, 2])}
    for name, (activation, target) in targets.items():
        for steps in (1, 20):
            values, score, base = contributions(activation, target, steps)
            found[f"{name}/{steps}"] = values
            found[f"{name}/{steps}/score"] = torch.stack([score, base])
    np.savez_compressed(file, **{name: value.detach().numpy() for name, value in found.items()})


main(sys.argv[1])
