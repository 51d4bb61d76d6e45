package org.loupe.core.structure;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.loupe.core.network.Layer;
import org.loupe.core.network.Network;

/**
 * The blocks of a network: layers that follow one another and whose names begin alike.
 *
 * <p>The beginning of a name is what stands in front of a dot, or of an underscore where it is safe to split there: the
 * shortest one that is itself a layer, such as the sum or concatenation at the block's end ({@code mixed3a_1x1} of
 * {@code mixed3a}), that ends in “block” and a number ({@code conv2_block1_conv} of {@code conv2_block1}), or that ends in
 * the first number between dots ({@code layer1.0.conv1} of {@code layer1.0}); without any of these, all up to the last dot.
 *
 * <p>A layer on its own is in no block. Layers between those of a block that are in no other belong to it, too, as a pooling
 * does that nobody named; where other blocks lie between, there is no block.
 */
public final class Blocks {

    private static final Pattern CALLED_BLOCK = Pattern.compile("^(.*?block_?\\d+[a-z]?)[._].+");
    private static final Pattern NUMBERED = Pattern.compile("^(.*?\\.\\d+(?:\\.\\d+)*)\\..+");

    private final Map<String, List<Layer>> members = new LinkedHashMap<>();
    private final Map<String, String> byLayer = new HashMap<>();

    private Blocks() {
    }

    /** The blocks of a network. */
    public static Blocks of(Network network) {
        Map<Layer, String> wished = wishes(network);
        Map<String, List<Layer>> groups = network.layers().stream().filter(wished::containsKey)
                .collect(Collectors.groupingBy(wished::get, LinkedHashMap::new, Collectors.toList()));
        groups.values().removeIf(layers -> layers.size() < 2);
        Blocks blocks = new Blocks();
        groups.forEach((block, layers) -> {
            List<Layer> run = network.layers().subList(network.layers().indexOf(layers.get(0)),
                    network.layers().indexOf(layers.get(layers.size() - 1)) + 1);
            boolean alone = run.stream().allMatch(layer -> layers.contains(layer) || !groups.containsKey(wished.get(layer)));
            if (alone && run.size() < 2 * layers.size()) {
                blocks.members.put(block, run);
                run.forEach(layer -> blocks.byLayer.put(layer.name(), block));
            }
        });
        return blocks;
    }

    /** The block that each layer would be in if its name alone decided. */
    private static Map<Layer, String> wishes(Network network) {
        Set<String> names = network.layers().stream().map(Layer::name).collect(Collectors.toSet());
        Map<Layer, String> wishes = new HashMap<>();
        network.layers().forEach(layer -> beginning(layer.name(), names).ifPresent(block -> wishes.put(layer, block)));
        Set<String> wanted = Set.copyOf(wishes.values());
        network.layers().stream().filter(layer -> wanted.contains(layer.name()))
                .forEach(layer -> wishes.put(layer, layer.name()));
        return wishes;
    }

    private static Optional<String> beginning(String name, Set<String> names) {
        List<String> beginnings = new ArrayList<>();
        for (int end = 1; end < name.length() - 1; end++) {
            boolean splits = name.charAt(end) == '.' || name.charAt(end) == '_' && !name.substring(end + 1).matches("\\d+");
            if (splits && names.contains(name.substring(0, end))) {
                beginnings.add(name.substring(0, end));
            }
        }
        CALLED_BLOCK.matcher(name).results().forEach(match -> beginnings.add(match.group(1)));
        NUMBERED.matcher(name).results().forEach(match -> beginnings.add(match.group(1)));
        return beginnings.stream().min(Comparator.comparingInt(String::length))
                .or(() -> name.lastIndexOf('.') > 0 ? Optional.of(name.substring(0, name.lastIndexOf('.')))
                        : Optional.empty());
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
        boolean begins = block != null
                && (layer.name().startsWith(block + ".") || layer.name().startsWith(block + "_"));
        return begins ? layer.name().substring(block.length() + 1) : layer.name();
    }
}
