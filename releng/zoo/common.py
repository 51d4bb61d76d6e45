"""What every part of the zoo shares: seeded images, data-dependent random weights, and the writing of references."""

import json
import os
import tempfile

import numpy as np

IMAGENET = {"range": [0.0, 1.0], "mean": [0.485, 0.456, 0.406], "std": [0.229, 0.224, 0.225], "order": "RGB"}
SIGNED = {"range": [-1.0, 1.0], "mean": [0.0, 0.0, 0.0], "std": [1.0, 1.0, 1.0], "order": "RGB"}
LUCID = {"range": [-117.0, 138.0], "mean": [0.0, 0.0, 0.0], "std": [1.0, 1.0, 1.0], "order": "RGB"}
CAFFE = {"range": [0.0, 255.0], "mean": [103.939, 116.779, 123.68], "std": [1.0, 1.0, 1.0], "order": "BGR"}
UNIT = {"range": [0.0, 1.0], "mean": [0.0, 0.0, 0.0], "std": [1.0, 1.0, 1.0], "order": "RGB"}


def images(count, channels, rows, columns, seed, preprocessing):
    """Pictures with a 1/f spectrum plus a little grain, as the network sees them: (image, channel, row, column) float32."""
    random = np.random.default_rng(seed)
    frequency = np.hypot(np.fft.fftfreq(rows)[:, None], np.fft.rfftfreq(columns)[None, :])
    scale = 1.0 / np.maximum(frequency, 1.0 / max(rows, columns)) ** 1.2
    noise = random.normal(size=(count, channels, rows, columns))
    shared = random.normal(size=(count, 1, rows, columns))
    spectrum = np.fft.rfft2(0.5 * noise + shared) * scale
    picture = np.fft.irfft2(spectrum, s=(rows, columns))
    picture -= picture.mean(axis=(1, 2, 3), keepdims=True)
    picture /= picture.std(axis=(1, 2, 3), keepdims=True)
    picture = np.clip(0.5 + 0.22 * picture + 0.02 * noise, 0.0, 1.0)
    if max(rows, columns) <= 64:
        picture = np.round(255 * picture) / 255   # packs well, and so small there are few ties for a pooling to meet
    low, high = preprocessing["range"]
    if preprocessing["order"] == "BGR" and channels == 3:
        picture = picture[:, ::-1]
    picture = low + (high - low) * picture
    mean = np.resize(preprocessing["mean"], channels)[None, :, None, None]
    std = np.resize(preprocessing["std"], channels)[None, :, None, None]
    return ((picture - mean) / std).astype(np.float32)


def write_atomically(path, write):
    """Calls write(temporary path) and renames the outcome to path."""
    folder = os.path.dirname(os.path.abspath(path))
    os.makedirs(folder, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=folder, suffix=os.path.splitext(path)[1])
    os.close(handle)
    try:
        write(temporary)
        os.chmod(temporary, 0o644)
        os.replace(temporary, path)
    finally:
        if os.path.exists(temporary):
            os.remove(temporary)


def write_reference(folder, name, file, about, values=None, **arrays):
    """Writes NAME.npz (float32, compressed) and NAME.json (what the arrays are and where they come from).

    With values, the arrays are those of that .npz already, and only the .json is written.
    """
    narrow = {key: np.ascontiguousarray(value, dtype=np.float32) for key, value in arrays.items()}
    for key, value in narrow.items():
        if not np.isfinite(value).all():
            raise ValueError(f"{name}: {key} is not finite")
    if "gradient" in narrow:
        narrow["class"] = np.float32([about["class"]])
    if values is None:
        write_atomically(os.path.join(folder, name + ".npz"), lambda path: np.savez_compressed(path, **narrow))
    about = {"name": name, "file": file, "values": values or name + ".npz", **about,
             "shapes": {key: list(value.shape) for key, value in narrow.items()}}
    def write(path):
        with open(path, "w") as out:
            json.dump(about, out, indent=1)
            out.write("\n")
    write_atomically(os.path.join(folder, name + ".json"), write)


def copy_reference(folder, source, name, file, taps, logits, values=None, **about):
    """The reference of another file of the same network: other tensor names, {name in the network: name in the file}."""
    with open(os.path.join(folder, source + ".json")) as known:
        old = json.load(known)
    stored = np.load(os.path.join(folder, source + ".npz"))
    arrays = {key: stored[key] for key in ("input", "logits", "gradient")}
    arrays.update({"tap:" + raw: stored["tap:" + old["taps"][tap]] for tap, raw in taps.items()})
    kept = {key: old[key] for key in ("framework", "class", "preprocessing", "float32", "spread")}
    write_reference(folder, name, file, {**kept, "layout": "NCHW", "logits": logits, "taps": taps, **about}, values, **arrays)


def relative(actual, expected):
    """The largest difference divided by the largest expected value."""
    return float(np.abs(np.asarray(actual, np.float64) - expected).max() / max(np.abs(expected).max(), 1e-30))


def relative_norm(actual, expected):
    """The Euclidean length of the difference divided by that of the expected value."""
    return float(np.linalg.norm(np.asarray(actual, np.float64) - expected) / max(np.linalg.norm(expected), 1e-30))


def spread(logits):
    """How much the logits differ between the images, against their size: 0 is a network that ignores its input."""
    logits = np.asarray(logits, np.float64)
    return float(np.abs(logits[0] - logits[-1]).max() / np.abs(logits).max())
