package org.loupe.formats.safetensors;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.loupe.core.network.NetworkException;
import org.loupe.formats.architectures.TensorSource;
import org.loupe.formats.arrays.HalfPrecision;
import org.loupe.formats.arrays.Tensor;

/**
 * An open safetensors file: the length of a header in 8 bytes, the header as JSON, then the arrays without gaps. The
 * header is checked against the file before anything is read.
 */
final class TensorFile implements TensorSource, AutoCloseable {

    private static final long LARGEST_HEADER = 100_000_000;
    private static final Map<String, Integer> WIDTHS = Map.ofEntries(Map.entry("F64", 8), Map.entry("I64", 8), Map.entry("U64", 8),
            Map.entry("F32", 4), Map.entry("I32", 4), Map.entry("U32", 4), Map.entry("F16", 2), Map.entry("BF16", 2),
            Map.entry("I16", 2), Map.entry("U16", 2), Map.entry("I8", 1), Map.entry("U8", 1), Map.entry("BOOL", 1),
            Map.entry("F8_E4M3", 1), Map.entry("F8_E5M2", 1));

    private final FileChannel channel;
    private final Map<String, Entry> entries = new LinkedHashMap<>();

    private record Entry(String name, String type, int[] shape, long from, long to) {
    }

    /** @throws NetworkException when it is no safetensors file, or a broken one */
    TensorFile(Path file) throws IOException {
        this.channel = FileChannel.open(file);
        try {
            open();
        } catch (IOException | RuntimeException broken) {
            channel.close();
            throw broken;
        }
    }

    private void open() throws IOException {
        long size = channel.size();
        if (size < 8) {
            throw new NetworkException("It has " + size + " bytes, fewer than any safetensors file.");
        }
        long length = bytes(0, 8).getLong();
        if (length < 2 || length > LARGEST_HEADER || length > size - 8) {
            throw new NetworkException("It is no safetensors file, or it is broken: its header is to have " + length
                    + " bytes, the file has " + size + ".");
        }
        String text = StandardCharsets.UTF_8.decode(bytes(8, (int) length)).toString();
        try {
            JsonElement header = JsonParser.parseString(text);
            for (Map.Entry<String, JsonElement> entry : header.getAsJsonObject().entrySet()) {
                if (!entry.getKey().equals("__metadata__")) {
                    entries.put(entry.getKey(), entry(entry.getKey(), entry.getValue().getAsJsonObject(), 8 + length));
                }
            }
        } catch (JsonParseException | IllegalStateException | UnsupportedOperationException | NumberFormatException
                | NullPointerException | ClassCastException | IndexOutOfBoundsException broken) {
            throw new NetworkException("It is no safetensors file, or it is broken: its header makes no sense ("
                    + broken.getMessage() + ").");
        }
        checkGaps(8 + length, size);
    }

    private static Entry entry(String name, JsonObject json, long start) {
        String type = json.get("dtype").getAsString();
        JsonArray sizes = json.getAsJsonArray("shape");
        int[] shape = new int[sizes.size()];
        for (int i = 0; i < shape.length; i++) {
            long length = sizes.get(i).getAsLong();
            if (length < 0 || length > Integer.MAX_VALUE) {
                throw new NetworkException("Its array " + name + " has a dimension of size " + length + ".");
            }
            shape[i] = (int) length;
        }
        JsonArray offsets = json.getAsJsonArray("data_offsets");
        long from = offsets.get(0).getAsLong();
        long to = offsets.get(1).getAsLong();
        Integer width = WIDTHS.get(type);
        if (width == null) {
            throw new NetworkException("Its array " + name + " has numbers of the unknown type " + type + ".");
        }
        if (from < 0 || to < from || to - from != (long) Tensor.size(shape) * width) {
            throw new NetworkException("Its array " + name + " lies from byte " + from + " to " + to
                    + ", which does not fit its shape and type.");
        }
        return new Entry(name, type, shape, start + from, start + to);
    }

    /** Arrays may neither overlap nor leave bytes between them that nobody sees. */
    private void checkGaps(long start, long size) {
        List<Entry> sorted = new ArrayList<>(entries.values());
        sorted.sort(Comparator.comparingLong(Entry::from).thenComparingLong(Entry::to));
        long at = start;
        for (Entry entry : sorted) {
            if (entry.from() != at) {
                throw new NetworkException("It is broken: the array " + entry.name() + " begins at byte " + entry.from()
                        + ", but what is before it ends at byte " + at + ".");
            }
            at = entry.to();
        }
        if (at != size) {
            throw new NetworkException("It is broken or cut off: its arrays end at byte " + at + ", the file at byte " + size + ".");
        }
    }

    private ByteBuffer bytes(long from, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, from + buffer.position()) < 0) {
                throw new NetworkException("It ends at byte " + (from + buffer.position()) + ", in the middle of an array.");
            }
        }
        return buffer.flip();
    }

    @Override
    public Set<String> names() {
        return entries.keySet();
    }

    @Override
    public int[] shape(String name) {
        return entries.get(name).shape();
    }

    @Override
    public Tensor read(String name) throws IOException {
        Entry entry = entries.get(name);
        float[] values = new float[Tensor.size(entry.shape())];
        int width = WIDTHS.get(entry.type());
        int chunk = 1 << 18;
        for (int begin = 0; begin < values.length; begin += chunk) {
            int end = Math.min(values.length, begin + chunk);
            ByteBuffer bytes = bytes(entry.from() + (long) begin * width, (end - begin) * width);
            for (int i = begin; i < end; i++) {
                values[i] = number(entry, bytes);
            }
        }
        return new Tensor(entry.shape(), values);
    }

    private static float number(Entry entry, ByteBuffer bytes) {
        return switch (entry.type()) {
            case "F32" -> bytes.getFloat();
            case "F64" -> (float) bytes.getDouble();
            case "F16" -> HalfPrecision.half(bytes.getShort());
            case "BF16" -> HalfPrecision.bfloat16(bytes.getShort());
            case "I64" -> bytes.getLong();
            case "I32" -> bytes.getInt();
            default -> throw new NetworkException("Its array " + entry.name() + " holds numbers of type " + entry.type()
                    + ", which weights of a network here cannot have.");
        };
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
