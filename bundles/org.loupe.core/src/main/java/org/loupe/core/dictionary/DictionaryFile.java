package org.loupe.core.dictionary;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.loupe.core.network.NetworkException;
import org.loupe.core.network.Weights;

/**
 * Dictionaries as safetensors, with the names and shapes that are usual for sparse autoencoders: {@code W_enc} (channel,
 * latent), {@code b_enc}, {@code W_dec} (latent, channel), {@code b_dec}. How many latents are kept is in the metadata as
 * {@code k}. The bytes are described in {@code docs/dictionary-file.md}.
 */
public final class DictionaryFile {

    private static final int LONGEST_HEADER = 1 << 20;
    private static final Pattern ARRAY = Pattern.compile("\"([^\"]+)\"\\s*:\\s*\\{([^{}]*)}");
    private static final Pattern METADATA_KEPT = Pattern.compile("\"k\"\\s*:\\s*\"(\\d{1,9})\"");

    private DictionaryFile() {
    }

    /** The bytes of a file. */
    public static byte[] write(Dictionary dictionary) {
        int channels = dictionary.channels();
        int latents = dictionary.latents();
        Map<String, Weights> arrays = new LinkedHashMap<>();
        arrays.put("W_dec", dictionary.decoder());
        arrays.put("W_enc", new Weights(new int[] {channels, latents},
                transposed(dictionary.encoder().values(), latents, channels)));
        arrays.put("b_dec", dictionary.centre());
        arrays.put("b_enc", dictionary.bias());
        StringBuilder header = new StringBuilder("{\"__metadata__\":{\"format\":\"pt\",\"k\":\"" + dictionary.kept() + "\"}");
        long from = 0;
        for (Map.Entry<String, Weights> array : arrays.entrySet()) {
            long to = from + 4L * array.getValue().values().length;
            header.append(",\"").append(array.getKey()).append("\":{\"dtype\":\"F32\",\"shape\":")
                    .append(Arrays.toString(array.getValue().shape()).replace(" ", "")).append(",\"data_offsets\":[")
                    .append(from).append(',').append(to).append("]}");
            from = to;
        }
        header.append('}');
        header.append(" ".repeat((8 - header.length() % 8) % 8));
        ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(8 + header.length() + from)).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(header.length()).put(header.toString().getBytes(StandardCharsets.US_ASCII));
        for (Weights array : arrays.values()) {
            for (float value : array.values()) {
                bytes.putFloat(value);
            }
        }
        return bytes.array();
    }

    /**
     * Reads a dictionary.
     *
     * @param kept  how many latents are kept; 0 for all, -1 for what the file says, or else all
     * @param where what to call the file in messages
     * @throws NetworkException when it is no whole file, or does not have the arrays
     */
    public static Dictionary read(byte[] file, int kept, String where) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
            long length = bytes.getLong();
            if (length < 2 || length > Math.min(LONGEST_HEADER, bytes.remaining())) {
                throw new NetworkException(where + " is not a safetensors file, or is cut off.");
            }
            byte[] text = new byte[(int) length];
            bytes.get(text);
            String header = new String(text, StandardCharsets.UTF_8);
            Map<String, Weights> arrays = arrays(header, bytes.slice().order(ByteOrder.LITTLE_ENDIAN), where);
            Weights decoder = require(arrays, "W_dec", 2, where);
            Weights encoder = require(arrays, "W_enc", 2, where);
            int[] shape = decoder.shape();
            boolean turned = encoder.shape()[0] == shape[1] && encoder.shape()[1] == shape[0];
            if (!turned && !Arrays.equals(encoder.shape(), shape)) {
                throw new NetworkException("W_enc of " + where + " has the shape " + Arrays.toString(encoder.shape())
                        + ", which does not fit W_dec's " + Arrays.toString(shape)
                        + ". W_enc is (channel, latent), W_dec is (latent, channel).");
            }
            Weights read = turned ? new Weights(shape, transposed(encoder.values(), shape[1], shape[0])) : encoder;
            Matcher told = METADATA_KEPT.matcher(header);
            int few = kept >= 0 ? kept : told.find() ? Integer.parseInt(told.group(1)) : 0;
            return new Dictionary(read, require(arrays, "b_enc", 1, where), decoder, require(arrays, "b_dec", 1, where), few);
        } catch (BufferUnderflowException | IndexOutOfBoundsException cut) {
            throw new NetworkException(where + " is cut off. Fetch or make it again.");
        }
    }

    private static Weights require(Map<String, Weights> arrays, String name, int dimensions, String where) {
        Weights found = arrays.get(name);
        if (found == null || found.shape().length != dimensions) {
            throw new NetworkException(where + " holds no dictionary: " + (found == null ? "there is no array " + name
                    : name + " has the shape " + Arrays.toString(found.shape())) + ". W_enc (channel, latent), b_enc, W_dec"
                    + " (latent, channel) and b_dec are read; there " + (arrays.size() == 1 ? "is " : "are ")
                    + (arrays.isEmpty() ? "none" : String.join(", ", arrays.keySet())) + ".");
        }
        return found;
    }

    private static Map<String, Weights> arrays(String header, ByteBuffer data, String where) {
        Map<String, Weights> arrays = new LinkedHashMap<>();
        Matcher matcher = ARRAY.matcher(header);
        while (matcher.find()) {
            String name = matcher.group(1);
            if (!name.equals("__metadata__")) {
                int[] shape = numbers(matcher.group(2), "shape");
                int[] offsets = numbers(matcher.group(2), "data_offsets");
                Matcher type = Pattern.compile("\"dtype\"\\s*:\\s*\"(\\w+)\"").matcher(matcher.group(2));
                if (offsets.length != 2 || offsets[0] > offsets[1] || !type.find()) {
                    throw new NetworkException(where + " is damaged: its header says nothing sensible about " + name + ".");
                }
                if (shape.length > 0) {
                    arrays.put(name, new Weights(shape, values(data, offsets[0], offsets[1] - offsets[0], type.group(1),
                            name + " of " + where)));
                }
            }
        }
        return arrays;
    }

    private static int[] numbers(String entry, String key) {
        Matcher list = Pattern.compile("\"" + key + "\"\\s*:\\s*\\[([\\d\\s,]*)]").matcher(entry);
        return !list.find() || list.group(1).isBlank() ? new int[0]
                : Arrays.stream(list.group(1).split(",")).mapToInt(number -> Integer.parseInt(number.strip())).toArray();
    }

    private static float[] values(ByteBuffer data, int from, int length, String type, String what) {
        int size = switch (type) {
            case "F32" -> 4;
            case "F64" -> 8;
            case "BF16" -> 2;
            default -> throw new NetworkException(what + " has numbers of the type " + type
                    + "; F32, F64 and BF16 are read. Convert it with Python's safetensors.");
        };
        if ((long) from + length > data.capacity()) {
            throw new BufferUnderflowException();
        }
        float[] values = new float[length / size];
        for (int i = 0; i < values.length; i++) {
            int at = from + i * size;
            values[i] = size == 4 ? data.getFloat(at) : size == 8 ? (float) data.getDouble(at)
                    : Float.intBitsToFloat(data.getShort(at) << 16);
        }
        return values;
    }

    private static float[] transposed(float[] matrix, int rows, int columns) {
        float[] turned = new float[matrix.length];
        for (int i = 0; i < matrix.length; i++) {
            turned[i % columns * rows + i / columns] = matrix[i];
        }
        return turned;
    }
}
