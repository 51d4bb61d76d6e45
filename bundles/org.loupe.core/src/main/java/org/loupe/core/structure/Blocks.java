package org.loupe.core.structure;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.loupe.core.network.Layer;
import org.loupe.core.network.Network;

/**
 * The blocks of a network: layers that follow one another and whose names begin alike.
 *
 * <p>The beginning of a name is what stands in front of a dot, or of an underscore where it is safe to split there. Of
 * several beginnings the first that applies counts: the shortest one that is itself a layer, such as the sum or
 * concatenation at the block's end ({@code mixed3a_1x1} of {@code mixed3a}); the one that ends in “block” and a number
 * ({@code conv2_block1_conv} of {@code conv2_block1}); the one that ends in the first number between dots
 * ({@code layer1.0.conv1} of {@code layer1.0}); all up to the last dot. Layers that would be alone, or between which others
 * lie, are in no block.
 */
public final class Blocks {

    private static final Pattern CALLED_BLOCK = Pattern.compile("(.*?block_?\\d+[a-z]?)[._].+");
    private static final Pattern NUMBERED = Pattern.compile("(.*?\\.\\d+(?:\\.\\d+)*)\\..+");
    private static final Pattern DOTTED = Pattern.compile("(.+)\\.[^.]+");

    private final Map<String, List<Layer>> members;
    private final Map<String, String> byLayer = new HashMap<>();

    private Blocks(Map<String, List<Layer>> members) {
        this.members = members;
        members.forEach((block, layers) -> layers.forEach(layer -> byLayer.put(layer.name(), block)));
    }

    /** The blocks of a network. */
    public static Blocks of(Network network) {
        Set<String> names = network.layers().stream().map(Layer::name).collect(Collectors.toSet());
        Map<String, List<Layer>> members = new LinkedHashMap<>();
        for (Layer layer : network.layers()) {
            beginning(layer.name(), names).ifPresent(
                    block -> members.computeIfAbsent(block, name -> new ArrayList<>()).add(layer));
        }
        for (Layer layer : network.layers()) {
            if (members.containsKey(layer.name()) && !members.get(layer.name()).contains(layer)) {
                members.values().forEach(layers -> layers.remove(layer));
                members.get(layer.name()).add(layer);
            }
        }
        Map<Layer, Integer> places = new HashMap<>();
        network.layers().forEach(layer -> places.put(layer, places.size()));
        members.values().forEach(layers -> layers.sort((one, other) -> places.get(one) - places.get(other)));
        members.values().removeIf(layers -> layers.size() < 2
                || places.get(layers.get(layers.size() - 1)) - places.get(layers.get(0)) >= layers.size());
        return new Blocks(members);
    }

    private static Optional<String> beginning(String name, Set<String> names) {
        for (int end = 1; end < name.length() - 1; end++) {
            boolean splits = name.charAt(end) == '.' || name.charAt(end) == '_' && !name.substring(end + 1).matches("\\d+");
            if (splits && names.contains(name.substring(0, end))) {
                return Optional.of(name.substring(0, end));
            }
        }
        for (Pattern pattern : List.of(CALLED_BLOCK, NUMBERED, DOTTED)) {
            Matcher matcher = pattern.matcher(name);
            if (matcher.matches()) {
                return Optional.of(matcher.group(1));
            }
        }
        return Optional.empty();
    }

    /** Names of the blocks, from the picture upwards. */
    public List<String> names() {
        return List.copyOf(members.keySet());
    }

    /** The layers of a block, from the picture upwards; none where there is no such block. */
    public List<Layer> layers(String block) {
        return List.copyOf(members.getOrDefault(block, List.of()));
    }

    /** The block that a layer belongs to; nothing for a layer on its own. */
    public Optional<String> block(Layer layer) {
        return Optional.ofNullable(byLayer.get(layer.name()));
    }

    /** What a layer is called within its block: {@code conv1} of {@code layer1.0.conv1}. */
    public String shortName(Layer layer) {
        String block = byLayer.get(layer.name());
        return block == null || block.equals(layer.name()) ? layer.name() : layer.name().substring(block.length() + 1);
    }
}
