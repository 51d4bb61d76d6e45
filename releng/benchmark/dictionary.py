#!/usr/bin/env python3
"""Times training steps of sparse autoencoders: Loupe and PyTorch eager by turns, on the same vectors and threads.

    VENV/bin/python releng/benchmark/dictionary.py ./loupe --threads 2

Both learn the same: TopK with the auxiliary loss, or L1; unit directions, their gradients projected, Adam. PyTorch does it
with its own operations (torch.topk, dense products, autograd), as published code does. Printed are vectors per second of
processor time and of wall time, the median of the turns; look at processor time on a busy machine. Both wait passively for
their threads, unless OMP_WAIT_POLICY in the environment says otherwise.
"""

import argparse
import json
import os
import shlex
import statistics
import subprocess
import sys
import time

os.environ.setdefault("OMP_WAIT_POLICY", "passive")  # read when torch is loaded

import torch  # noqa: E402


class Autoencoder(torch.nn.Module):
    def __init__(self, channels, latents, kept, sparsity, auxiliary):
        super().__init__()
        directions = torch.randn(latents, channels)
        directions /= directions.norm(dim=1, keepdim=True)
        self.encoder = torch.nn.Parameter(directions.clone())
        self.decoder = torch.nn.Parameter(directions.clone())
        self.bias = torch.nn.Parameter(torch.zeros(latents))
        self.centre = torch.nn.Parameter(torch.zeros(channels))
        self.kept, self.sparsity, self.auxiliary = kept, sparsity, auxiliary
        self.silent = torch.zeros(latents, dtype=torch.long)

    def loss(self, x, dead_after=100):
        before = (x - self.centre) @ self.encoder.T + self.bias
        codes = torch.relu(before)
        if self.kept:
            values, places = codes.topk(self.kept, dim=1)
            codes = torch.zeros_like(codes).scatter(1, places, values)
        made = codes @ self.decoder + self.centre
        loss = ((made - x) ** 2).sum() / x.numel()
        if not self.kept:
            loss = loss + self.sparsity * codes.sum() / len(x)
        dead = self.silent >= dead_after
        if self.kept and self.auxiliary and dead.any():
            shown = torch.where(dead, before, torch.tensor(float("-inf")))
            values, places = shown.topk(min(x.shape[1] // 2, int(dead.sum())), dim=1)
            more = torch.zeros_like(codes).scatter(1, places, values) @ self.decoder
            loss = loss + self.auxiliary * ((more - (x - made).detach()) ** 2).sum() / x.numel()
        with torch.no_grad():
            self.silent += 1
            self.silent[(codes > 0).any(dim=0)] = 0
        return loss

    def step(self, x, optimizer):
        optimizer.zero_grad()
        loss = self.loss(x)
        loss.backward()
        with torch.no_grad():
            along = (self.decoder.grad * self.decoder).sum(dim=1, keepdim=True)
            self.decoder.grad -= along * self.decoder
        optimizer.step()
        with torch.no_grad():
            self.decoder /= self.decoder.norm(dim=1, keepdim=True)
        return loss.item()


def pytorch(arguments, kept, steps):
    torch.manual_seed(1)
    torch.set_num_threads(arguments.threads)
    vectors = torch.relu(torch.randn(65536, 64) @ torch.randn(64, arguments.channels))
    vectors = vectors - vectors.mean(dim=0)
    vectors *= (arguments.channels / (vectors ** 2).sum(dim=1).mean()) ** 0.5
    model = Autoencoder(arguments.channels, arguments.latents, kept, 0.01, 1 / 32)
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
    order = torch.randperm(len(vectors))

    def run():
        for i in range(steps):
            first = i * arguments.batch % len(vectors)
            model.step(vectors[order[first:first + arguments.batch]], optimizer)
    return run


def loupe(arguments, kept):
    environment = dict(os.environ, OMP_NUM_THREADS=str(arguments.threads))
    command = shlex.split(arguments.loupe) + ["dictionary", "bench", "--serve", "--channels", str(arguments.channels),
                                              "--latents", str(arguments.latents), "--kept", str(kept), "--batch",
                                              str(arguments.batch)]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("loupe", help="how Loupe is started")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--channels", type=int, default=84)
    parser.add_argument("--latents", type=int, default=672)
    parser.add_argument("--batch", type=int, default=1024)
    parser.add_argument("--steps", type=int, default=100, help="of a turn")
    parser.add_argument("--turns", type=int, default=7)
    arguments = parser.parse_args()
    for kept in (16, 0):
        peer = pytorch(arguments, kept, arguments.steps)
        process = loupe(arguments, kept)
        times = {"PyTorch eager": [], "Loupe": []}
        for turn in range(arguments.turns + 1):
            wall, cpu = time.perf_counter(), time.process_time()
            peer()
            times["PyTorch eager"].append((time.process_time() - cpu, time.perf_counter() - wall))
            process.stdin.write(f"{arguments.steps}\n")
            process.stdin.flush()
            line = process.stdout.readline()
            if not line:
                sys.exit("Loupe has stopped.")
            answer = json.loads(line)
            times["Loupe"].append((answer["cpu"], answer["wall"]))
        process.stdin.close()
        process.wait()
        vectors = arguments.steps * arguments.batch
        for who, all_of_them in times.items():
            cpu, wall = (statistics.median(column) for column in zip(*all_of_them[1:]))
            print(f"{'TopK ' + str(kept) if kept else 'L1':8} {who:14} {vectors / cpu:10,.0f} vectors/s of processor time"
                  f" {vectors / wall:10,.0f} vectors/s of wall time", flush=True)


if __name__ == "__main__":
    main()
