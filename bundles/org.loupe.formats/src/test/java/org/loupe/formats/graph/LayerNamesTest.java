package org.loupe.formats.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.loupe.core.network.Layer;
import org.loupe.core.network.Network;
import org.loupe.core.network.Operation;
import org.loupe.core.network.Operation.Addition;
import org.loupe.core.network.Operation.BatchNormalization;
import org.loupe.core.network.Operation.Concatenation;
import org.loupe.core.network.Operation.Convolution;
import org.loupe.core.network.Operation.LocalResponseNormalization;
import org.loupe.core.network.Operation.MaxPool;
import org.loupe.core.network.Operation.Relu;
import org.loupe.core.network.Operation.Selection;
import org.loupe.core.network.Weights;
import org.loupe.core.network.Window;

class LayerNamesTest {

    private final List<Operation> operations = new ArrayList<>();
    private final Map<String, String> paths = new LinkedHashMap<>();

    private String add(Operation operation, String path) {
        operations.add(operation);
        paths.put(operation.name(), path);
        return operation.name();
    }

    private String next() {
        return "value" + operations.size();
    }

    private String convolution(String input, String path) {
        Weights weights = new Weights(new int[] {1, 1, 1, 1}, new float[] {1});
        return add(new Convolution(next(), input, weights, Weights.vector(0), Window.square(1, 1, 0), 1), path);
    }

    private String normalization(String input, String path) {
        return add(new BatchNormalization(next(), input, Weights.vector(1), Weights.vector(0), Weights.vector(0), Weights.vector(1), 0),
                path);
    }

    private String relu(String input, String path) {
        return add(new Relu(next(), input), path);
    }

    private String pool(String input, String path) {
        return add(new MaxPool(next(), input, Window.square(1, 1, 0)), path);
    }

    private String sum(String path, String... inputs) {
        return add(new Addition(next(), List.of(inputs)), path);
    }

    private String joined(String path, String... inputs) {
        return add(new Concatenation(next(), Arrays.asList(inputs)), path);
    }

    private List<String> names() {
        return new LayerNames(operations, paths).layers().stream().map(Layer::name).toList();
    }

    @Test
    void aBranchOfAnInceptionIsCalledAfterItsModule() {
        String first = relu(convolution(Network.INPUT, "/conv1/conv/Conv"), "/conv1/Relu");
        String one = relu(convolution(first, "/inception3a/branch1/conv/Conv"), "/inception3a/branch1/Relu");
        String two = relu(convolution(first, "/inception3a/branch2/branch2.0/conv/Conv"), "/inception3a/branch2/branch2.0/Relu");
        String three = relu(convolution(two, "/inception3a/branch2/branch2.1/conv/Conv"), "/inception3a/branch2/branch2.1/Relu");
        joined("/inception3a/Concat", one, three);
        assertEquals(List.of("conv1", "inception3a.branch1", "inception3a.branch2.0", "inception3a.branch2.1", "inception3a"), names());
    }

    @Test
    void aResidualBlockGivesItsNameToItsSum() {
        String input = relu(convolution(Network.INPUT, "/conv1/Conv"), "/relu/Relu");
        String pooled = pool(input, "/maxpool/MaxPool");
        String one = relu(normalization(convolution(pooled, "/layer1/layer1.0/conv1/Conv"), "/layer1/layer1.0/bn1/BatchNormalization"),
                "/layer1/layer1.0/relu/Relu");
        String two = convolution(one, "/layer1/layer1.0/conv2/Conv");
        String shortcut = convolution(pooled, "/layer1/layer1.0/downsample/downsample.0/Conv");
        relu(sum("/layer1/layer1.0/Add", two, shortcut), "/layer1/layer1.0/relu_1/Relu");
        assertEquals(List.of("conv1", "maxpool", "layer1.0.conv1", "layer1.0.conv2", "layer1.0.downsample", "layer1.0"), names());
    }

    @Test
    void pathsWithDotsAreReadLikePathsWithSlashes() {
        String input = relu(convolution(Network.INPUT, "conv1/Conv"), "relu/Relu");
        String one = relu(convolution(input, "layer1.0.conv1/Conv"), "layer1.0.relu/Relu");
        String two = convolution(one, "layer1.0.conv2/Conv");
        relu(sum("layer1.0/Add", two, input), "layer1.0.relu/Relu");
        assertEquals(List.of("conv1", "layer1.0.conv1", "layer1.0.conv2", "layer1.0"), names());
    }

    @Test
    void aSequenceOfConvolutionNormalizationAndNonlinearityIsOneLayer() {
        String one = relu(normalization(convolution(Network.INPUT, "/features/features.0/features.0.0/Conv"),
                "/features/features.0/features.0.1/BatchNormalization"), "/features/features.0/features.0.2/Clip");
        convolution(one, "/features/features.1/conv/conv.0/Conv");
        assertEquals(List.of("features.0", "features.1.conv"), names());
    }

    @Test
    void aConcatenationAtABlocksBeginningDoesNotGetTheBlocksName() {
        String input = relu(convolution(Network.INPUT, "/features/conv0/Conv"), "/features/relu0/Relu");
        String one = convolution(input, "/features/block1/layer1/conv2/Conv");
        String both = joined("/features/block1/layer2/Concat", input, one);
        String two = convolution(both, "/features/block1/layer2/conv2/Conv");
        convolution(joined("/features/block1/Concat", input, one, two), "/classifier/Gemm");
        assertEquals(List.of("features.conv0", "features.block1.layer1.conv2", "features.block1.layer2.Concat",
                "features.block1.layer2.conv2", "features.block1", "classifier"), names());
    }

    @Test
    void aShuffleAtABlocksEndGetsTheBlocksName() {
        String both = joined("/stage2/stage2.0/Concat", convolution(Network.INPUT, "/stage2/stage2.0/branch1/Conv"), Network.INPUT);
        String shuffled = add(new Selection(next(), both, List.of(1, 0)), "/stage2/stage2.0/Reshape_1");
        String half = add(new Selection(next(), shuffled, List.of(0)), "/stage2/stage2.1/Slice");
        convolution(half, "/stage2/stage2.1/branch2/Conv");
        convolution(half, "/fc/Gemm");
        assertEquals(List.of("stage2.0.branch1", "stage2.0.Concat", "stage2.0", "stage2.1.branch2", "fc"), names());
    }

    @Test
    void tensorFlowsPreReluIsTheLayerWithoutIt() {
        String input = relu(convolution(Network.INPUT, "conv2d0_pre_relu/conv"), "conv2d0");
        String one = relu(convolution(input, "mixed3a_1x1_pre_relu/conv"), "mixed3a_1x1");
        String two = relu(convolution(input, "mixed3a_3x3_pre_relu/conv"), "mixed3a_3x3");
        joined("mixed3a", one, two);
        assertEquals(List.of("conv2d0", "mixed3a_1x1", "mixed3a_3x3", "mixed3a"), names());
    }

    @Test
    void kerasNamesOfOneBlockShareTheirBeginning() {
        String one = relu(normalization(convolution(Network.INPUT, "conv2_block1_1_conv"), "conv2_block1_1_bn"), "conv2_block1_1_relu");
        String two = relu(normalization(convolution(one, "conv2_block1_2_conv"), "conv2_block1_2_bn"), "conv2_block1_2_relu");
        relu(sum("conv2_block1_add", one, two), "conv2_block1_out");
        assertEquals(List.of("conv2_block1_1", "conv2_block1_2", "conv2_block1_out"), names());
    }

    @Test
    void whatAllPathsBeginWithIsLeftOut() {
        String one = relu(convolution(Network.INPUT, "StatefulPartitionedCall/model/stem/Conv2D"), "StatefulPartitionedCall/model/stem/Relu");
        pool(one, "StatefulPartitionedCall/model/pool/MaxPool");
        assertEquals(List.of("stem", "pool"), names());
    }

    @Test
    void whereTheFileSaysNothingTheKindOfOperationIsTheName() {
        String one = relu(convolution(Network.INPUT, ""), "");
        String two = pool(one, "");
        String three = pool(two, "");
        add(new LocalResponseNormalization(next(), three, 3, 1, 1, 1), "");
        assertEquals(List.of("conv", "maxpool", "maxpool_2", "norm"), names());
    }

    @Test
    void aConcatenationWithoutANameIsCalledWhatItsPartsHaveInCommon() {
        String one = relu(convolution(Network.INPUT, "mixed3a_1x1"), "");
        String two = relu(convolution(Network.INPUT, "mixed3a_3x3"), "");
        joined("", one, two);
        assertEquals(List.of("mixed3a_1x1", "mixed3a_3x3", "mixed3a"), names());
    }

    @Test
    void namesAreMadeOfWhatALayersNameMayHave() {
        convolution(convolution(Network.INPUT, "first layer{1}:0"), "a@b+c*d");
        assertEquals(List.of("first_layer_1", "a_b_c_d"), names());
    }

    @Test
    void noTwoLayersHaveOneName() {
        String one = convolution(Network.INPUT, "same");
        String two = convolution(one, "same");
        convolution(two, "same");
        assertEquals(3, names().stream().distinct().count());
    }

    @Test
    void aConcatenationOfRectifiedBranchesIsReadBeforeTheRectifiersToo() {
        String one = relu(convolution(Network.INPUT, "a/one"), "a/one_relu");
        String two = relu(convolution(Network.INPUT, "a/two"), "a/two_relu");
        String both = joined("a/all", one, two);
        LayerNames names = new LayerNames(operations, paths);
        Layer last = names.layers().get(2);
        assertEquals(both, last.output());
        assertEquals(List.of(operations.get(0).name(), operations.get(2).name()), names.additions().keySet().iterator().next().inputs());
    }
}
