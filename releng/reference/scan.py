"""Computes with NumPy what a scan must find, for the test of org.loupe.core.scan.

    python3 releng/reference/scan.py bundles/org.loupe.core/src/test/resources/org/loupe/core/scan/reference.npz

The network, its pictures and everything that follows from them is in the file. All numbers are multiples of small powers
of two, so every sum is exact in 32 bits, whatever its order, and many activations are equal: who comes first is decided by
the rules alone. NumPy is all that is needed (made with 2.4.6).
"""

import sys

import numpy as np

PICTURES, CLASSES, TOP = 60, 4, 12
STEPS, SMALLEST, DOUBLINGS = 16, 2.0**-14, 32


def convolution(values, weights, bias, step):
    """A 3x3 convolution with a margin of one zero, of shape (picture, channel, row, column)."""
    padded = np.pad(values, ((0, 0), (0, 0), (1, 1), (1, 1)))
    rows, columns = values.shape[2:]
    out = np.zeros((len(values), len(weights), (rows - 1) // step + 1, (columns - 1) // step + 1))
    for row in range(out.shape[2]):
        for column in range(out.shape[3]):
            seen = padded[:, :, row * step:row * step + 3, column * step:column * step + 3]
            out[:, :, row, column] = np.einsum("pcij,ocij->po", seen, weights) + bias
    return out


def bins(values):
    """How many values fall into each bin: 16 for each doubling of the size, on either side of zero."""
    size = np.abs(values)
    step = np.floor(np.log2(np.where(size > 0, size, 1)))
    part = np.floor((size / 2**step - 1) * STEPS)
    distance = (step - np.log2(SMALLEST)) * STEPS + part + 2
    distance = np.where(size < SMALLEST, 1, np.minimum(distance, DOUBLINGS * STEPS + 1))
    middle = DOUBLINGS * STEPS + 1
    index = middle + np.where(size == 0, 0, np.sign(values) * distance).astype(int)
    return np.bincount(index.ravel(), minlength=2 * middle + 1)


def area(values, labels, label):
    """Over all pairs of a picture of the class and another one: wins, and half of what is equal."""
    own, others = values[labels == label], values[(labels != label) & (labels >= 0)]
    return np.mean((own[:, None] > others) + 0.5 * (own[:, None] == others))


def channel(maps, labels):
    """What a scan must find of one channel's maps, of shape (picture, row, column)."""
    flat = maps.reshape(len(maps), -1)
    maxima, places = flat.max(axis=1), flat.argmax(axis=1)
    best = np.lexsort((np.arange(len(maps)), -maxima))[:TOP]
    return {
        "statistics": [flat.mean(), flat.var(), (flat > 0).mean(), (maxima > 0).mean(), maxima.min(), maxima.max(),
                       maxima.mean(), maxima.var()],
        "histogram": bins(flat),
        "examples": np.stack([best, places[best] // maps.shape[2], places[best] % maps.shape[2]], axis=1),
        "values": maxima[best],
        "maxima": maxima,
        "places": places,
        "means": flat.mean(axis=1),
        "classes": [[maxima[labels == label].mean(), area(maxima, labels, label)] for label in range(CLASSES)],
    }


def main(file):
    draw = np.random.default_rng(5)
    pictures = draw.integers(0, 17, (PICTURES, 3, 8, 8)) / 16
    pictures[10::10] = pictures[0]
    pictures[7] = 0
    labels = np.arange(PICTURES) % (CLASSES + 1) - 1
    arrays = {"pictures": pictures, "labels": labels}
    for name, shape in {"first": (6, 3, 3, 3), "second": (5, 6, 3, 3)}.items():
        arrays[name + ".weights"] = draw.integers(-4, 5, shape) / 8
        arrays[name + ".bias"] = draw.integers(-8, 3, shape[0]) / 8
    arrays["first.bias"][2] = -100
    arrays["last.weights"] = draw.integers(-4, 5, (4, 5)) / 4
    arrays["last.bias"] = np.zeros(4)
    before = convolution(pictures, arrays["first.weights"], arrays["first.bias"], 1)
    after = np.maximum(before, 0)
    second = convolution(after, arrays["second.weights"], arrays["second.bias"], 2)
    last = second.mean(axis=(2, 3)) @ arrays["last.weights"].T + arrays["last.bias"]
    taps = {"first.pre": before, "first": after, "second": second, "last": last[:, :, None, None]}
    for tap, values in taps.items():
        assert np.array_equal(values, values.astype(np.float32)), "the sums must be exact"
        found = [channel(values[:, index], labels) for index in range(values.shape[1])]
        for name in found[0]:
            arrays[tap + "/" + name] = np.stack([one[name] for one in found])
    np.savez_compressed(file, **{name: np.asarray(values, np.float64) for name, values in arrays.items()})


if __name__ == "__main__":
    main(sys.argv[1])
