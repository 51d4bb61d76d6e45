package org.loupe.core.structure;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.loupe.core.network.Input;
import org.loupe.core.network.Layer;
import org.loupe.core.network.Network;
import org.loupe.core.network.Operation;
import org.loupe.core.network.Operation.Relu;
import org.loupe.core.network.Shape;

class BlocksTest {

    @Test
    void branchesBelongToTheConcatenationOfTheirName() {
        assertBlocks(Map.of("inception4a", List.of("inception4a.branch1", "inception4a.branch2.0", "inception4a.branch2.1",
                "inception4a")), "conv1", "inception4a.branch1", "inception4a.branch2.0", "inception4a.branch2.1",
                "inception4a", "fc");
        assertBlocks(Map.of("mixed3a", List.of("mixed3a_1x1", "mixed3a_3x3_bottleneck", "mixed3a"),
                "mixed3b", List.of("mixed3b_1x1", "mixed3b")),
                "maxpool2", "mixed3a_1x1", "mixed3a_3x3_bottleneck", "mixed3a", "mixed3b_1x1", "mixed3b");
    }

    @Test
    void residualBlocksHaveTheNumberOfTheirSum() {
        assertBlocks(Map.of("layer1.0", List.of("layer1.0.conv1", "layer1.0.downsample.0", "layer1.0"),
                "layer1.1", List.of("layer1.1.conv1", "layer1.1")),
                "conv1", "layer1.0.conv1", "layer1.0.downsample.0", "layer1.0", "layer1.1.conv1", "layer1.1", "fc");
    }

    @Test
    void blocksWithoutASumAreFoundByTheirNumber() {
        assertBlocks(Map.of("features.2", List.of("features.2.conv.0", "features.2.conv.1", "features.2.conv.2"),
                "features.3.0", List.of("features.3.0.block.0", "features.3.0.block.1.fc1", "features.3.0.block.1.fc2"),
                "features.4", List.of("features.4.squeeze", "features.4.expand1x1")),
                "features.0", "features.2.conv.0", "features.2.conv.1", "features.2.conv.2", "features.3.0.block.0",
                "features.3.0.block.1.fc1", "features.3.0.block.1.fc2", "features.4.squeeze", "features.4.expand1x1");
    }

    @Test
    void blocksThatAreCalledSoAreFoundByTheirUnderscores() {
        assertBlocks(Map.of("conv2_block1", List.of("conv2_block1_1", "conv2_block1_2", "conv2_block1_out"),
                "block_7", List.of("block_7_expand", "block_7_add"), "block3a", List.of("block3a_dwconv", "block3a_project")),
                "conv1", "conv2_block1_1", "conv2_block1_2", "conv2_block1_out", "block_7_expand", "block_7_add",
                "block3a_dwconv", "block3a_project");
    }

    @Test
    void whatHasOnlyDotsIsABlockUpToTheLast() {
        assertBlocks(Map.of("features", List.of("features.0", "features.1", "features.2"),
                "classifier", List.of("classifier.1", "classifier.4")),
                "features.0", "features.1", "features.2", "classifier.1", "classifier.4");
    }

    @Test
    void aLayerAloneAndNumberedNamesAreInNoBlock() {
        assertBlocks(Map.of(), "conv1", "relu", "relu_2", "conv2_1", "conv2_2", "head.fc");
    }

    @Test
    void aLayerWithinABlockThatIsCalledOtherwiseBelongsToIt() {
        assertBlocks(Map.of("mixed3a", List.of("mixed3a_1x1", "maxpool_3", "mixed3a_pool", "mixed3a")), "maxpool_2",
                "mixed3a_1x1", "maxpool_3", "mixed3a_pool", "mixed3a", "maxpool_4");
        assertBlocks(Map.of(), "head.a", "one", "two", "head.b");
    }

    @Test
    void aBlockWithinABlockIsNotTornOut() {
        assertBlocks(Map.of("features.4", List.of("features.4.block.0", "features.4.block.2.fc1", "features.4.block.2",
                "features.4.block.3")), "features.4.block.0", "features.4.block.2.fc1", "features.4.block.2",
                "features.4.block.3");
    }

    @Test
    void layersBetweenWhichOthersLieAreInNoBlock() {
        assertBlocks(Map.of("features.1", List.of("features.1.a", "features.1.b")), "features.0", "features.1.a",
                "features.1.b", "features.18");
    }

    @Test
    void aLayerIsCalledByTheRestOfItsNameInItsBlock() {
        Network network = network("layer1.0.conv1", "layer1.0", "mixed_1x1", "mixed", "fc");
        Blocks blocks = Blocks.of(network);
        assertEquals(List.of("conv1", "layer1.0", "1x1", "mixed", "fc"),
                network.layers().stream().map(blocks::shortName).toList());
        assertEquals(Optional.of("mixed"), blocks.block(network.layer("mixed")));
        assertEquals(Optional.empty(), blocks.block(network.layer("fc")));
        assertEquals(List.of(), blocks.layers("fc"));
    }

    private static void assertBlocks(Map<String, List<String>> expected, String... layers) {
        Blocks blocks = Blocks.of(network(layers));
        Map<String, List<String>> found = new LinkedHashMap<>();
        blocks.names().forEach(block -> found.put(block, blocks.layers(block).stream().map(Layer::name).toList()));
        assertEquals(expected, found);
        assertEquals(List.of(layers).stream().filter(layer -> found.values().stream().anyMatch(all -> all.contains(layer)))
                .toList(), found.values().stream().flatMap(List::stream).toList(), "from the picture upwards");
    }

    private static Network network(String... names) {
        List<Operation> operations = new ArrayList<>();
        List<Layer> layers = new ArrayList<>();
        for (String name : names) {
            operations.add(new Relu(name, Network.INPUT));
            layers.add(new Layer(name, name, name, ""));
        }
        return new Network("names", "", new Input(new Shape(1, 2, 2), new float[1], new float[] {1}), operations, layers,
                List.of());
    }
}
