package org.loupe.core.structure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.loupe.core.network.Layer;
import org.loupe.core.network.Network;

/**
 * The blocks of a network: runs of layers whose names begin alike up to their last dot, such as {@code layer1.0.conv1}
 * and {@code layer1.0.conv2}. A layer with the block's own name, such as the sum at its end, belongs to it.
 */
public final class Blocks {

    private final Map<String, List<Layer>> members = new LinkedHashMap<>();
    private final Map<String, String> byLayer = new LinkedHashMap<>();

    private Blocks() {
    }

    /** The blocks of a network; a network whose names have no dots has none. */
    public static Blocks of(Network network) {
        Blocks blocks = new Blocks();
        Map<String, List<Layer>> grouped = new LinkedHashMap<>();
        for (Layer layer : network.layers()) {
            int dot = layer.name().lastIndexOf('.');
            if (dot > 0) {
                grouped.computeIfAbsent(layer.name().substring(0, dot), name -> new ArrayList<>()).add(layer);
            }
        }
        for (Layer layer : network.layers()) {
            int dot = layer.name().lastIndexOf('.');
            String block = grouped.containsKey(layer.name()) ? layer.name() : dot > 0 ? layer.name().substring(0, dot) : "";
            if (grouped.containsKey(block) && (grouped.get(block).size() > 1 || grouped.containsKey(layer.name()))) {
                blocks.members.computeIfAbsent(block, name -> new ArrayList<>()).add(layer);
                blocks.byLayer.put(layer.name(), block);
            }
        }
        blocks.members.entrySet().removeIf(one -> {
            boolean alone = one.getValue().size() < 2;
            if (alone) {
                one.getValue().forEach(layer -> blocks.byLayer.remove(layer.name()));
            }
            return alone;
        });
        return blocks;
    }

    /** Names of the blocks, from the picture upwards. */
    public List<String> names() {
        return List.copyOf(members.keySet());
    }

    /** The layers of a block, from the picture upwards. */
    public List<Layer> layers(String block) {
        return List.copyOf(members.getOrDefault(block, List.of()));
    }

    /** The block that a layer belongs to. */
    public Optional<String> block(Layer layer) {
        return Optional.ofNullable(byLayer.get(layer.name()));
    }

    /** What a layer is called within its block: {@code conv1} of {@code layer1.0.conv1}. */
    public String shortName(Layer layer) {
        String block = byLayer.get(layer.name());
        return block == null || !layer.name().startsWith(block + ".") ? layer.name()
                : layer.name().substring(block.length() + 1);
    }
}
