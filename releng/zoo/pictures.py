"""Makes the pictures that the tests of org.loupe.formats read, and what Pillow reads from each.

    pip install "pillow==12.3.0" numpy
    python releng/zoo/pictures.py bundles/org.loupe.formats/src/test/resources/pictures

Beside every picture lies NAME.rgb: rows and columns as two bytes, then red, green, blue of each pixel, turned by its
orientation mark and on white where it is transparent.
"""
import io
import struct
import sys
import zlib
from pathlib import Path

import numpy as np
from PIL import Image, ImageCms, ImageOps

ROWS, COLUMNS = 12, 20


def scene(seed=0):
    """A smooth picture with an edge, different at each of its corners."""
    row, column = np.mgrid[0:ROWS, 0:COLUMNS].astype(float)
    wave = 40 * np.sin(row / 3 + seed) + 30 * np.cos(column / 4)
    planes = [60 + 9 * column + wave / 4, 200 - 12 * row + wave / 2, 90 + 5 * row + 3 * column - wave / 3]
    picture = np.stack(planes, -1)
    picture[2:5, 3:8] = (230, 40, 60)
    return np.clip(np.rint(picture), 0, 255).astype(np.uint8)


def alpha():
    row, column = np.mgrid[0:ROWS, 0:COLUMNS]
    return np.clip(13 * column + 3 * row - 10, 0, 255).astype(np.uint8)


def png(values, depth, colour, extra=b"", interlaced=False):
    """Writes PNG kinds that Pillow does not. values: (row, column, channel)"""
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    def filtered(part):
        kind = ">u2" if depth == 16 else "u1"
        return b"".join(b"\0" + line.astype(kind).tobytes() for line in part) if part.size else b""

    passes = [(0, 0, 8, 8), (0, 4, 8, 8), (4, 0, 8, 4), (0, 2, 4, 4), (2, 0, 4, 2), (0, 1, 2, 2), (1, 0, 2, 1)]
    data = (b"".join(filtered(values[r::down, c::across]) for r, c, down, across in passes) if interlaced
            else filtered(values))
    head = struct.pack(">IIBBBBB", values.shape[1], values.shape[0], depth, colour, 0, 0, int(interlaced))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + extra + chunk(b"IDAT", zlib.compress(data, 9))
            + chunk(b"IEND", b""))


def colour_key(red, green, blue):
    data = struct.pack(">HHH", red, green, blue)
    return struct.pack(">I", 6) + b"tRNS" + data + struct.pack(">I", zlib.crc32(b"tRNS" + data))


def jpeg(picture, **options):
    out = io.BytesIO()
    picture.save(out, "JPEG", **{"quality": 92, **options})
    return out.getvalue()


def ycck(cmyk):
    """Stores CMYK as YCCK: writes the transformed numbers as if they were CMYK and says so in the Adobe marker."""
    stored = Image.fromarray(np.asarray(cmyk)[..., :3].copy()).convert("YCbCr")
    numbers = np.concatenate([255 - np.asarray(stored), np.asarray(cmyk)[..., 3:]], -1)
    file = bytearray(jpeg(Image.fromarray(numbers, "CMYK"), subsampling=0))
    file[file.index(b"Adobe") + 11] = 2
    return bytes(file)


def exif(orientation):
    data = Image.Exif()
    data[0x0112] = orientation
    return data


def bmp16(values):
    """Bit masks 5-6-5, rows from the top."""
    packed = (values[..., 0].astype(np.uint16) >> 3 << 11) | (values[..., 1].astype(np.uint16) >> 2 << 5) | (values[..., 2] >> 3)
    data = packed.astype("<u2").tobytes()
    head = struct.pack("<IiiHHIIiiII", 40, values.shape[1], -values.shape[0], 1, 16, 3, len(data), 0, 0, 0, 0)
    masks = struct.pack("<III", 0xF800, 0x07E0, 0x001F)
    return b"BM" + struct.pack("<IHHI", 14 + 52 + len(data), 0, 0, 14 + 52) + head + masks + data


def bmp_runs():
    """Run lengths of palette indexes."""
    lines = b"".join(bytes([COLUMNS - row, row % 4, row, 3]) + b"\0\0" if row else bytes([COLUMNS, 0]) + b"\0\0"
                     for row in range(ROWS)) + b"\0\1"
    palette = bytes([0, 0, 255, 0, 0, 255, 0, 0, 255, 0, 0, 0, 40, 80, 120, 0])
    head = struct.pack("<IiiHHIIiiII", 40, COLUMNS, ROWS, 1, 8, 1, len(lines), 0, 0, 4, 4)
    return b"BM" + struct.pack("<IHHI", 54 + 16 + len(lines), 0, 0, 54 + 16) + head + palette + lines


def pictures():
    """Name and bytes of every picture."""
    rgb = scene()
    colour = Image.fromarray(rgb)
    grey = colour.convert("L")
    see_through = colour.copy()
    see_through.putalpha(Image.fromarray(alpha()))
    palette = colour.quantize(16)
    clear_palette = see_through.quantize(16)
    cmyk = colour.convert("CMYK")
    cmyk = Image.fromarray(np.concatenate([np.asarray(cmyk)[..., :3], (alpha() // 3)[..., None]], -1), "CMYK")

    def saved(picture, kind, **options):
        out = io.BytesIO()
        picture.save(out, kind, **options)
        return out.getvalue()

    yield "rgb.png", saved(colour, "PNG")
    yield "alpha.png", saved(see_through, "PNG")
    yield "grey.png", saved(grey, "PNG")
    yield "grey-alpha.png", saved(see_through.convert("LA"), "PNG")
    yield "bits.png", saved(grey.convert("1"), "PNG")
    yield "palette.png", saved(palette, "PNG")
    yield "palette-alpha.png", saved(clear_palette, "PNG")
    yield "turned.png", saved(colour, "PNG", exif=exif(6))
    deep = rgb.astype(np.uint16) * 257
    yield "grey16.png", png((np.asarray(grey).astype(np.uint16) * 257)[..., None], 16, 0)
    yield "rgb16.png", png(deep, 16, 2)
    yield "alpha16.png", png(np.concatenate([deep, (alpha().astype(np.uint16) * 257)[..., None]], -1), 16, 6)
    yield "key.png", png(rgb, 8, 2, colour_key(230, 40, 60))
    yield "interlaced.png", png(rgb, 8, 2, interlaced=True)

    yield "rgb.jpg", jpeg(colour)
    yield "full-colour.jpg", jpeg(colour, subsampling=0)
    yield "progressive.jpg", jpeg(colour, progressive=True)
    yield "grey.jpg", jpeg(grey)
    yield "cmyk.jpg", jpeg(cmyk, subsampling=0)
    yield "ycck.jpg", ycck(cmyk)
    yield "rgb-stored.jpg", jpeg(colour, keep_rgb=True, subsampling=0)
    yield "srgb-profile.jpg", jpeg(colour, icc_profile=ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    yield "no-jpeg-by-name.png", jpeg(colour)
    for orientation in range(1, 9):
        yield f"turned{orientation}.jpg", jpeg(colour, exif=exif(orientation), subsampling=0, optimize=True)

    yield "lossy.webp", saved(colour, "WEBP", quality=90)
    yield "lossless.webp", saved(colour, "WEBP", lossless=True)
    yield "lossy-alpha.webp", saved(see_through, "WEBP", quality=90, exact=True)
    yield "lossless-alpha.webp", saved(see_through, "WEBP", lossless=True, exact=True)
    yield "turned.webp", saved(colour, "WEBP", lossless=True, exif=exif(8))
    yield "moving.webp", saved(colour, "WEBP", lossless=True, save_all=True, append_images=[Image.fromarray(scene(2))])

    yield "rgb.bmp", saved(colour, "BMP")
    yield "palette.bmp", saved(palette, "BMP")
    yield "bits.bmp", saved(grey.convert("1"), "BMP")
    yield "masks.bmp", bmp16(rgb)
    yield "runs.bmp", bmp_runs()

    yield "palette.gif", saved(palette, "GIF", interlace=0)
    yield "interlaced.gif", saved(palette, "GIF", interlace=1)
    yield "alpha.gif", saved(clear_palette, "GIF")
    yield "moving.gif", saved(palette, "GIF", save_all=True, append_images=[Image.fromarray(scene(2)).quantize(16)])


def seen(file):
    """What Pillow reads: (row, column, channel), 8 bits."""
    picture = ImageOps.exif_transpose(Image.open(io.BytesIO(file)))
    if picture.mode.startswith("I"):
        return np.stack([np.rint(np.asarray(picture).astype(float) / 257)] * 3, -1).astype(np.uint8)
    if picture.mode in ("LA", "RGBA", "PA") or "transparency" in picture.info:
        picture = picture.convert("RGBA")
        colours = np.asarray(picture).astype(float)
        cover = colours[..., 3:] / 255
        return np.rint(colours[..., :3] * cover + 255 * (1 - cover)).astype(np.uint8)
    return np.asarray(picture.convert("RGB"))


def main(folder):
    folder.mkdir(parents=True, exist_ok=True)
    for name, file in pictures():
        (folder / name).write_bytes(file)
        reference = seen(file)
        (folder / (name + ".rgb")).write_bytes(bytes(reference.shape[:2]) + reference.tobytes())


if __name__ == "__main__":
    main(Path(sys.argv[1]))
