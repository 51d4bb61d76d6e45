#!/usr/bin/env python3
"""Times what the lines on the standard input ask for, as `loupe bench --serve` does, with PyTorch and ONNX Runtime.

A question is WHO WHAT TO IMAGES SIZE COUNT. WHO is eager, channels_last, compile, onnxruntime or lucent, WHAT is forward,
gradient or step, TO is mixed4a, logit:NUMBER or, for a step, mixed4a:CHANNEL. The answer is one line of JSON: wall,
milliseconds of each time, cpu, milliseconds of one time on average, of all threads, and prepared, seconds until the first
time was over; or error.
"""

import argparse
import io
import json
import pathlib
import sys
import time

import numpy as np
import onnxruntime
import torch
from onnx import numpy_helper
from safetensors.torch import load_file
from torch.nn import functional

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "zoo"))
import inception  # noqa: E402

BLOCKS_TO_4A = {block: inception.PUBLISHED[block] for block in ("3a", "3b", "4a")}
# Lucid's colours: the square root of the covariance of natural colours, and its largest column
COLOURS = torch.tensor([[0.26, 0.09, 0.02], [0.27, 0.00, -0.05], [0.27, -0.09, 0.03]])
COLOURS = COLOURS / COLOURS.norm(dim=0).max()


class Trunk(torch.nn.Module):
    """The network up to mixed4a, with nothing behind it."""

    def __init__(self, state):
        super().__init__()
        self.network = inception.InceptionV1(blocks=BLOCKS_TO_4A)
        own = self.network.state_dict()
        self.network.load_state_dict({name: state[name] if "softmax2" not in name else own[name] for name in own})

    def forward(self, x):
        return self.network.features(x)


class Logit(torch.nn.Module):
    """One logit."""

    def __init__(self, network, number):
        super().__init__()
        self.network = network
        self.number = number

    def forward(self, x):
        return self.network(x)[:, self.number]


class Peers:
    """The networks of all who are asked, made when they are first asked for."""

    def __init__(self, weights, threads):
        self.file = weights
        self.state = {} if weights.endswith(".onnx") else load_file(weights)
        self.threads = threads
        self.made = {}

    def whole(self):
        if not self.state:
            import folded
            return folded.network(self.file)
        network = inception.InceptionV1()
        network.load_state_dict(self.state)
        return network.eval()

    def model(self, who, to):
        if (who, to) not in self.made:
            model = Trunk(self.state).eval() if to == "mixed4a" else Logit(self.whole(), int(to.split(":")[1]))
            model.requires_grad_(False)
            if who != "eager":
                model = model.to(memory_format=torch.channels_last)
            if who == "compile":
                model = torch.compile(model, dynamic=False, mode="default")
            self.made[who, to] = model
        return self.made[who, to]

    def onnx(self, images):
        """The network as a session of ONNX Runtime, with LRN as an operation of its own."""
        if ("onnx", images) not in self.made:
            if not self.state:
                raise ValueError("ONNX Runtime is asked for InceptionV1 only")
            file = inception.caffe_onnx(self.whole(), 224, 9)
            for tensor in file.graph.initializer:
                if tensor.name == "OC2_DUMMY_1":
                    tensor.CopyFrom(numpy_helper.from_array(np.array([images, 1024], np.int64), tensor.name))
            for value in list(file.graph.input) + list(file.graph.output):
                if value.name in ("data_0", "prob_1"):
                    value.type.tensor_type.shape.dim[0].dim_value = images
            options = onnxruntime.SessionOptions()
            options.intra_op_num_threads = self.threads
            options.log_severity_level = 3
            stream = io.BytesIO()
            stream.write(file.SerializeToString())
            self.made["onnx", images] = onnxruntime.InferenceSession(stream.getvalue(), options,
                                                                     providers=["CPUExecutionProvider"])
        return self.made["onnx", images]

    def work(self, who, what, to, images, size):
        """A function that does once what is asked for."""
        torch.manual_seed(1)
        pictures = torch.rand(images, 3, size, size) * 255 - 117
        if who == "onnxruntime":
            if what != "forward" or size != 224:
                raise ValueError("ONNX Runtime is asked for the way forward at 224 pixels only")
            session = self.onnx(images)
            return lambda: session.run(None, {"data_0": pictures.numpy()})
        if what == "step":
            return Loop(self, who, int(to.split(":")[1]), images, size).step
        if who != "eager":
            pictures = pictures.contiguous(memory_format=torch.channels_last)
        model = self.model(who, to)
        if what == "forward":
            def forward():
                with torch.no_grad():
                    model(pictures)
            return forward
        with torch.no_grad():
            # Not the compiled one, which would be compiled for this, too.
            seed = torch.randn_like(getattr(model, "_orig_mod", model)(pictures))

        def gradient():
            x = pictures.detach().requires_grad_(True)
            torch.autograd.grad(model(x), x, seed)
        return gradient


class Loop:
    """The loop that makes a picture: Fourier space, decorrelated colours, all transforms of Lucid, a channel, Adam.

    As "lucent" it does what Lucent's render_vis does: it enlarges the picture to 224 pixels, runs the whole network
    whatever the layer, and lets PyTorch find the gradients of the weights, too. As "eager", "channels_last" or "compile" it
    does the same work as Loupe: the picture's own size, no further than the layer, nothing but the picture's gradient.
    """

    def __init__(self, peers, who, channel, images, size):
        self.who, self.channel, self.size = who, channel, size
        self.seen = None
        if who == "lucent":
            self.network = peers.whole()
            self.network.mixed4a.register_forward_hook(lambda module, inputs, output: setattr(self, "seen", output))
        else:
            self.network = peers.model(who, "mixed4a")
        rows = np.fft.fftfreq(size)[:, None]
        columns = np.fft.rfftfreq(size)[None]
        frequency = np.sqrt(rows * rows + columns * columns)
        self.scale = torch.tensor(1 / np.maximum(frequency, 1 / size)).float()[None, None, ..., None]
        self.spectrum = (torch.randn(images, 3, *frequency.shape, 2) * 0.01).requires_grad_(True)
        self.adam = torch.optim.Adam([self.spectrum], lr=0.05)
        self.random = np.random.default_rng(0)

    def picture(self):
        spectrum = torch.view_as_complex(self.scale * self.spectrum)
        picture = torch.fft.irfftn(spectrum, s=(self.size, self.size), norm="ortho") / 4
        coloured = torch.matmul(picture.permute(0, 2, 3, 1), COLOURS.t()).permute(0, 3, 1, 2)
        return torch.sigmoid(coloured)

    @staticmethod
    def warped(x, matrix):
        """As kornia's warp_affine."""
        grid = functional.affine_grid(matrix[None].expand(x.shape[0], 2, 3), list(x.shape), align_corners=True)
        return functional.grid_sample(x, grid, mode="bilinear", padding_mode="zeros", align_corners=True)

    def moved(self, x, pixels):
        down, right = self.random.integers(pixels, size=2)
        half = (x.shape[-1] - 1) / 2
        return self.warped(x, torch.tensor([[1, 0, -right / half], [0, 1, -down / half]], dtype=torch.float32))

    def scaled(self, x):
        factor = self.random.choice([1 + (i - 5) / 50 for i in range(11)])
        size = int(np.ceil(factor * x.shape[-1]))
        margin = max(0, int(np.ceil((x.shape[-1] - size) / 2)))
        return functional.pad(functional.interpolate(x, size=(size, size), mode="bilinear", align_corners=True), [margin] * 4)

    def turned(self, x):
        angle = np.radians(self.random.choice(list(range(-10, 11)) + 5 * [0]))
        return self.warped(x, torch.tensor([[np.cos(angle), -np.sin(angle), 0], [np.sin(angle), np.cos(angle), 0]],
                                           dtype=torch.float32))

    def transformed(self, x):
        x = functional.pad(x, [12] * 4, value=0.5)
        x = self.moved(self.turned(self.scaled(self.moved(x, 8))), 4) * 255 - 117
        if self.who == "lucent":
            return functional.interpolate(x, size=(224, 224), mode="bilinear", align_corners=True)
        edge = (x.shape[-1] - self.size) // 2
        x = x[..., edge:edge + self.size, edge:edge + self.size]
        return x.contiguous() if self.who == "eager" else x.contiguous(memory_format=torch.channels_last)

    def step(self):
        self.adam.zero_grad()
        answer = self.network(self.transformed(self.picture()))
        layer = self.seen if self.who == "lucent" else answer
        (-layer[:, self.channel].mean()).backward()
        self.adam.step()


def answer(peers, question):
    who, what, to, images, size, count = question.split()
    begin = time.perf_counter()
    work = peers.work(who, what, to, int(images), int(size))
    wall = []
    processor = time.process_time()
    for _ in range(int(count)):
        start = time.perf_counter()
        work()
        end = time.perf_counter()
        wall.append((end - start) * 1e3)
        if len(wall) == 1:
            prepared = end - begin
    return {"wall": wall, "cpu": (time.process_time() - processor) * 1e3 / len(wall), "prepared": prepared}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("weights", help="the network, made by releng/zoo: InceptionV1 as safetensors, or one of torchvision's as ONNX")
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    peers = Peers(options.weights, options.threads)
    print(json.dumps({"torch": torch.__version__, "onnxruntime": onnxruntime.__version__,
                      "python": sys.version.split()[0]}), flush=True)
    for line in sys.stdin:
        try:
            print(json.dumps(answer(peers, line)), flush=True)
        except Exception as problem:  # whatever PyTorch throws is told to the one who asked
            print(json.dumps({"error": f"{type(problem).__name__}: {problem}"[:500]}), flush=True)


if __name__ == "__main__":
    main()
