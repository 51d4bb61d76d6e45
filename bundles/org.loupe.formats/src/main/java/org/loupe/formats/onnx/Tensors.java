package org.loupe.formats.onnx;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import org.loupe.core.network.NetworkException;
import org.loupe.formats.onnx.Model.Packing;
import org.loupe.formats.onnx.Model.Stretch;
import org.loupe.formats.onnx.Model.Tensor;

/** Reads the numbers of tensors from a model's file, and from files beside it. */
final class Tensors implements AutoCloseable {

    private static final int CHUNK = 1 << 16;
    private static final int MOST_INTEGERS = 1 << 22;
    private static final int MOST_SHARING = 2;

    private final Path file;
    private final Map<Path, FileChannel> channels = new HashMap<>();
    private final Map<Tensor, Path> external = new IdentityHashMap<>();
    private final Set<Path> located = new HashSet<>();
    private long externalBytes;
    private long externalSize;

    Tensors(Path file) {
        this.file = file;
    }

    /** The numbers of a tensor, which are read when first asked for; what can be checked is checked now. */
    Constant constant(Tensor tensor) {
        int[] sizes = sizes(tensor);
        Type type = Type.of(tensor);
        int count = Constant.count(sizes);
        if (count == 0) {
            return type.integer ? Constant.of(sizes, new long[0]) : Constant.of(sizes, new float[0]);
        }
        if (tensor.external() != null) {
            locate(tensor, (long) count * type.bytes);
        } else if (tensor.packing() == Packing.RAW) {
            long held = tensor.parts().isEmpty() ? 0 : tensor.parts().get(tensor.parts().size() - 1).length();
            requireBytes(tensor, held, (long) count * type.bytes);
        } else {
            long held = tensor.parts().stream().mapToLong(Stretch::length).sum();
            int least = tensor.packing() == Packing.FLOATS ? 4 : tensor.packing() == Packing.DOUBLES ? 8 : 1;
            if (held < (long) count * least) {
                requireBytes(tensor, held, (long) count * least);
            }
        }
        return Constant.later(sizes, type.integer, () -> numbers(tensor, type, count));
    }

    private static int[] sizes(Tensor tensor) {
        long[] found = tensor.sizes() == null ? new long[0] : tensor.sizes();
        int[] sizes = new int[found.length];
        for (int i = 0; i < sizes.length; i++) {
            if (found[i] < 0 || found[i] > Constant.LARGEST) {
                throw new NetworkException("its tensor " + tensor.name() + " cannot have the shape " + Arrays.toString(found));
            }
            sizes[i] = (int) found[i];
        }
        return sizes;
    }

    private static void requireBytes(Tensor tensor, long held, long needed) {
        if (held != needed) {
            throw new NetworkException("its tensor " + tensor.name() + " of the shape " + Arrays.toString(tensor.sizes())
                    + " needs " + needed + " bytes, but has " + held);
        }
    }

    private Object numbers(Tensor tensor, Type type, int count) {
        if (type.integer && count > MOST_INTEGERS) {
            throw new Unsupported("weights that are integers");
        }
        try {
            Target target = new Target(type.integer, count);
            if (tensor.external() != null) {
                read(channel(external.get(tensor)), number(tensor, "offset", 0), (long) count * type.bytes, type, target);
            } else if (tensor.packing() == Packing.RAW) {
                Stretch part = tensor.parts().get(tensor.parts().size() - 1);
                read(channel(file), part.offset(), part.length(), type, target);
            } else {
                for (Stretch part : tensor.parts()) {
                    packed(part, tensor.packing(), type, target);
                }
            }
            if (target.count != count) {
                throw new NetworkException("its tensor " + tensor.name() + " has " + target.count + " numbers for the shape "
                        + Arrays.toString(tensor.sizes()));
            }
            return type.integer ? target.longs : target.floats;
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private void packed(Stretch part, Packing packing, Type type, Target target) throws IOException {
        switch (packing) {
            case FLOATS -> read(channel(file), part.offset(), part.length(), Type.FLOAT, target);
            case DOUBLES -> read(channel(file), part.offset(), part.length(), Type.DOUBLE, target);
            default -> varints(part, type, target);
        }
    }

    private void varints(Stretch part, Type type, Target target) throws IOException {
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
        long value = 0;
        int shift = 0;
        for (long at = part.offset(); at < part.offset() + part.length();) {
            fill(channel(file), chunk, at, part.offset() + part.length() - at);
            at += chunk.remaining();
            while (chunk.hasRemaining()) {
                byte next = chunk.get();
                value |= shift < 64 ? (next & 0x7fL) << shift : 0;
                shift += 7;
                if (next >= 0) {
                    target.add(type, type.isShort() ? value & 0xffff : value);
                    value = 0;
                    shift = 0;
                }
            }
        }
    }

    /** Finds the file beside the model that holds a tensor, and checks that it can. */
    private void locate(Tensor tensor, long needed) {
        try {
            String location = tensor.external().getOrDefault("location", "");
            Path data = beside(tensor, location);
            long size = Files.size(data);
            long offset = number(tensor, "offset", 0);
            long length = number(tensor, "length", needed);
            if (length != needed || offset < 0 || offset > size - length) {
                throw new NetworkException("its tensor " + tensor.name() + " of the shape " + Arrays.toString(tensor.sizes())
                        + " should lie in " + location + " from byte " + offset + " on, which has " + size + " bytes");
            }
            external.put(tensor, data);
            externalBytes += needed;
            if (located.add(data)) {
                externalSize += size;
            }
            if (externalBytes > MOST_SHARING * externalSize) {
                throw new NetworkException("its tensors lie over each other in " + location);
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static long number(Tensor tensor, String key, long otherwise) {
        String text = tensor.external().get(key);
        try {
            return text == null ? otherwise : Long.parseLong(text.trim());
        } catch (NumberFormatException none) {
            throw new NetworkException("its tensor " + tensor.name() + " lies in another file at the " + key + " " + text);
        }
    }

    private Path beside(Tensor tensor, String location) throws IOException {
        Path folder = file.toRealPath().getParent();
        try {
            Path data = folder.resolve(location).normalize();
            if (location.isBlank() || Path.of(location).isAbsolute() || !data.startsWith(folder)) {
                throw new NetworkException("its tensor " + tensor.name() + " lies in “" + location
                        + "”, which is outside its folder; Loupe does not look there");
            }
            if (!Files.isRegularFile(data)) {
                throw new NetworkException("its weights lie in another file, " + location
                        + ", which is not beside it; put both into one folder");
            }
            Path real = data.toRealPath();
            if (!real.startsWith(folder)) {
                throw new NetworkException("its tensor " + tensor.name() + " lies in “" + location
                        + "”, which is a link to outside its folder; Loupe does not look there");
            }
            return real;
        } catch (InvalidPathException none) {
            throw new NetworkException("its tensor " + tensor.name() + " lies in “" + location + "”, which is no name of a file");
        }
    }

    private FileChannel channel(Path path) throws IOException {
        FileChannel channel = channels.get(path);
        if (channel == null) {
            channel = FileChannel.open(path, StandardOpenOption.READ);
            channels.put(path, channel);
        }
        return channel;
    }

    private static void fill(FileChannel channel, ByteBuffer chunk, long at, long most) throws IOException {
        chunk.clear().limit((int) Math.min(chunk.capacity(), most));
        while (chunk.hasRemaining()) {
            if (channel.read(chunk, at + chunk.position()) < 0) {
                throw new NetworkException("it ends before its weights do");
            }
        }
        chunk.flip();
    }

    private static void read(FileChannel channel, long offset, long length, Type type, Target target) throws IOException {
        ByteBuffer chunk = ByteBuffer.allocateDirect(CHUNK).order(ByteOrder.LITTLE_ENDIAN);
        for (long at = offset; at < offset + length; at += chunk.limit()) {
            fill(channel, chunk, at, offset + length - at);
            if (type == Type.FLOAT && !target.integer) {
                target.addFloats(chunk);
            } else {
                while (chunk.remaining() >= type.bytes) {
                    target.add(type, type.bits(chunk));
                }
            }
        }
    }

    @Override
    public void close() throws IOException {
        for (FileChannel channel : channels.values()) {
            channel.close();
        }
        channels.clear();
    }

    /** Where numbers go. */
    private static final class Target {
        private final boolean integer;
        private final float[] floats;
        private final long[] longs;
        private int count;

        Target(boolean integer, int size) {
            this.integer = integer;
            this.floats = integer ? null : new float[size];
            this.longs = integer ? new long[size] : null;
        }

        void add(Type type, long bits) {
            if (count == (integer ? longs.length : floats.length)) {
                throw new NetworkException("one of its tensors has more numbers than its shape says");
            }
            if (integer) {
                longs[count++] = bits;
            } else {
                floats[count++] = type.number(bits);
            }
        }

        void addFloats(ByteBuffer chunk) {
            int more = chunk.remaining() / Float.BYTES;
            if (more > floats.length - count) {
                throw new NetworkException("one of its tensors has more numbers than its shape says");
            }
            chunk.asFloatBuffer().get(floats, count, more);
            count += more;
        }
    }

    /** The types of numbers that can be read, as the ONNX format numbers them. */
    private enum Type {
        FLOAT(1, 4, false), UINT8(2, 1, true), INT8(3, 1, true), UINT16(4, 2, true), INT16(5, 2, true), INT32(6, 4, true),
        INT64(7, 8, true), BOOL(9, 1, true), FLOAT16(10, 2, false), DOUBLE(11, 8, false), UINT32(12, 4, true),
        UINT64(13, 8, true), BFLOAT16(16, 2, false);

        private final int number;
        private final int bytes;
        private final boolean integer;

        Type(int number, int bytes, boolean integer) {
            this.number = number;
            this.bytes = bytes;
            this.integer = integer;
        }

        static Type of(Tensor tensor) {
            for (Type type : values()) {
                if (type.number == tensor.type()) {
                    return type;
                }
            }
            throw new Unsupported("tensors of the type " + tensor.type());
        }

        boolean isShort() {
            return this == FLOAT16 || this == BFLOAT16;
        }

        long bits(ByteBuffer from) {
            return switch (this) {
                case UINT8, BOOL -> from.get() & 0xffL;
                case INT8 -> from.get();
                case UINT16 -> from.getShort() & 0xffffL;
                case INT16, FLOAT16, BFLOAT16 -> from.getShort();
                case INT32, FLOAT -> from.getInt();
                case UINT32 -> from.getInt() & 0xffffffffL;
                case INT64, UINT64, DOUBLE -> from.getLong();
            };
        }

        float number(long bits) {
            return switch (this) {
                case FLOAT -> Float.intBitsToFloat((int) bits);
                case DOUBLE -> (float) Double.longBitsToDouble(bits);
                case BFLOAT16 -> Float.intBitsToFloat((int) bits << 16);
                case FLOAT16 -> half((int) bits & 0xffff);
                default -> bits;
            };
        }

        private static float half(int bits) {
            int exponent = bits >> 10 & 31;
            int mantissa = bits & 1023;
            double magnitude = exponent == 31 ? mantissa == 0 ? Double.POSITIVE_INFINITY : Double.NaN
                    : exponent == 0 ? mantissa * 0x1p-24 : (1024 + mantissa) * Math.pow(2, exponent - 25);
            return (float) (bits >> 15 == 0 ? magnitude : -magnitude);
        }
    }
}
