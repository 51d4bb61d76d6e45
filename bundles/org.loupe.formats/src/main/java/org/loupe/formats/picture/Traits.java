package org.loupe.formats.picture;

import org.loupe.core.picture.PictureException;

/**
 * What a file tells of itself between its pixels, found without decoding them.
 *
 * @param orientation how it is turned before it is looked at
 * @param isWhole     whether a decoder must hold all of it at once
 * @param scans       how often a decoder goes over all pixels
 * @param innerPixels pixels of pictures inside the file, which may differ from what its header claims; 0 where
 *                    there are none
 */
record Traits(Orientation orientation, boolean isWhole, int scans, long innerPixels) {

    private static final Traits PLAIN = new Traits(Orientation.STRAIGHT, false, 1, 0);
    private static final int BMP_HEADER = 14;

    static Traits of(Format format, byte[] file) throws PictureException {
        Bytes bytes = new Bytes(file);
        return switch (format) {
            case PNG -> ofPng(bytes);
            case JPEG -> ofJpeg(bytes);
            case WEBP -> ofWebp(bytes);
            case BMP -> ofBmp(bytes);
            case GIF -> new Traits(Orientation.STRAIGHT, true, 1, 0);
        };
    }

    private static Traits ofPng(Bytes bytes) {
        long at = 8;
        while (at < bytes.length()) {
            if (bytes.begin((int) at + 4, "eXIf")) {
                return new Traits(Orientation.ofExif(bytes, at + 8), false, 1, 0);
            }
            at += 12 + bytes.big32(at);
        }
        return PLAIN;
    }

    private static Traits ofJpeg(Bytes bytes) throws PictureException {
        Orientation orientation = Orientation.STRAIGHT;
        int process = 0xc0;
        int scans = 0;
        long at = 2;
        while (at < bytes.length() - 1) {
            int marker = bytes.unsigned8(at) == 0xff ? bytes.unsigned8(at + 1) : 0;
            if (marker == 0 || marker == 0xff || marker >= 0xd0 && marker <= 0xd9 || marker == 1) {
                at++;
                continue;
            }
            if (marker == 0xda) {
                scans++;
            } else if (marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc) {
                process = marker;
            } else if (marker == 0xe1 && scans == 0 && bytes.begin((int) at + 4, "Exif\0\0")) {
                orientation = Orientation.ofExif(bytes, at + 10);
            }
            at += 2 + bytes.big16(at + 2);
        }
        if (scans == 0) {
            throw new PictureException("It ends before its pixels begin.");
        }
        // Only baseline and extended sequential pictures of one scan are decoded row by row.
        return new Traits(orientation, process > 0xc1 || scans > 1, scans, 0);
    }

    private static Traits ofWebp(Bytes bytes) throws PictureException {
        if (bytes.little32(4) + 8 > bytes.length()) {
            throw new PictureException("It is cut off.");
        }
        Orientation orientation = Orientation.STRAIGHT;
        long largest = 0;
        long at = 12;
        while (at < bytes.length()) {
            int chunk = (int) at;
            long data = at + 8;
            long length = bytes.little32(at + 4);
            if (bytes.begin(chunk, "EXIF")) {
                orientation = Orientation.ofExif(bytes, bytes.begin((int) data, "Exif\0\0") ? data + 6 : data);
            } else if (bytes.begin(chunk, "VP8 ")) {
                largest = Math.max(largest, (long) (bytes.little16(data + 6) & 0x3fff) * (bytes.little16(data + 8) & 0x3fff));
            } else if (bytes.begin(chunk, "VP8L")) {
                long sizes = bytes.little32(data + 1);
                largest = Math.max(largest, ((sizes & 0x3fff) + 1) * ((sizes >> 14 & 0x3fff) + 1));
            } else if (bytes.begin(chunk, "ANMF")) {
                // The chunks of one picture of an animation lie inside.
                largest = Math.max(largest, (bytes.little24(data + 6) + 1L) * (bytes.little24(data + 9) + 1L));
                length = 16;
            }
            at = data + length + (length & 1);
        }
        return new Traits(orientation, true, 1, largest);
    }

    private static Traits ofBmp(Bytes bytes) throws PictureException {
        long compression = bytes.little32(BMP_HEADER) >= 40 ? bytes.little32(BMP_HEADER + 16) : 0;
        if (compression == 4 || compression == 5) {
            throw new PictureException("It is a BMP file around a " + (compression == 4 ? "JPEG" : "PNG")
                    + " picture, which is not read. Save it as " + (compression == 4 ? "JPEG" : "PNG") + ".");
        }
        return new Traits(Orientation.STRAIGHT, compression == 1 || compression == 2, 1, 0);
    }
}
