#!/usr/bin/env python3
"""Prints what PyTorch makes of the steps that LearningTest takes: the numbers that are written there.

    VENV/bin/python releng/reference/dictionary.py

The autoencoder is that of releng/benchmark/dictionary.py, with dense products and autograd, in double precision.
"""

import pathlib
import sys

import numpy as np
import torch

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "benchmark"))
from dictionary import Autoencoder  # noqa: E402

CHANNELS, LATENTS, BATCH = 6, 9, 7


def numbers(count, start):
    return np.sin(start + 0.7 * np.arange(count) + 0.3 * (np.arange(count) % 5)).astype(np.float32).astype(np.float64)


def model(kept):
    made = Autoencoder(CHANNELS, LATENTS, kept, 0.0, 0.5).double()
    with torch.no_grad():
        directions = torch.tensor(numbers(LATENTS * CHANNELS, 1).reshape(LATENTS, CHANNELS))
        made.decoder.copy_((directions / directions.norm(dim=1, keepdim=True)).float().double())
        made.encoder.copy_(torch.tensor(numbers(LATENTS * CHANNELS, 2).reshape(LATENTS, CHANNELS)))
        made.bias.copy_(torch.tensor(0.1 * numbers(LATENTS, 3)).float().double())
        made.centre.copy_(torch.tensor(0.1 * numbers(CHANNELS, 4)).float().double())
    return made


def show(name, value):
    print(name, ", ".join(f"{v:.7f}" for v in value.detach().flatten().tolist()))


def tell(title, made, losses):
    print(title)
    show("loss", torch.tensor(losses))
    show("encoder[4]", made.encoder[4])
    show("encoder[8]", made.encoder[8])
    show("decoder[4]", made.decoder[4])
    show("decoder[8]", made.decoder[8])
    show("bias", made.bias)
    show("centre", made.centre)


def main():
    vectors = torch.tensor(numbers(BATCH * CHANNELS, 5).reshape(BATCH, CHANNELS))
    for kept in (2, 0):
        made = model(kept)
        optimizer = torch.optim.Adam(made.parameters(), lr=0.01)
        made.silent[[3, 5, 8]] = 200
        losses = []
        for sparsity in ((0.0, 0.0) if kept else (0.0, 0.25)):
            made.sparsity = sparsity
            losses.append(made.step(vectors, optimizer))
        tell(f"TopK {kept}" if kept else "L1", made, losses)


if __name__ == "__main__":
    main()
