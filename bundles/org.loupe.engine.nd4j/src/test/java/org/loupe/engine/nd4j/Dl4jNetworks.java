package org.loupe.engine.nd4j;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration.ListBuilder;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex.Op;
import org.deeplearning4j.nn.conf.graph.L2NormalizeVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.graph.PoolHelperVertex;
import org.deeplearning4j.nn.conf.graph.ScaleVertex;
import org.deeplearning4j.nn.conf.graph.ShiftVertex;
import org.deeplearning4j.nn.conf.graph.SubsetVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.CenterLossOutputLayer;
import org.deeplearning4j.nn.conf.layers.CnnLossLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.Deconvolution2D;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.LocalResponseNormalization;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SeparableConvolution2D;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.Upsampling2D;
import org.deeplearning4j.nn.conf.layers.ZeroPaddingLayer;
import org.deeplearning4j.nn.conf.layers.convolutional.Cropping2D;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.loupe.core.network.Shape;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationCube;
import org.nd4j.linalg.activations.impl.ActivationELU;
import org.nd4j.linalg.activations.impl.ActivationGELU;
import org.nd4j.linalg.activations.impl.ActivationHardSigmoid;
import org.nd4j.linalg.activations.impl.ActivationHardTanH;
import org.nd4j.linalg.activations.impl.ActivationLReLU;
import org.nd4j.linalg.activations.impl.ActivationMish;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.activations.impl.ActivationReLU6;
import org.nd4j.linalg.activations.impl.ActivationRectifiedTanh;
import org.nd4j.linalg.activations.impl.ActivationSELU;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.activations.impl.ActivationSoftPlus;
import org.nd4j.linalg.activations.impl.ActivationSwish;
import org.nd4j.linalg.activations.impl.ActivationTanH;

/** Small networks of DL4J's, of all the kinds of layers that Loupe reads. */
final class Dl4jNetworks {

    /**
     * A network.
     *
     * @param flat     whether it reads a list of numbers
     * @param compared number of its layers and vertices that compute something
     */
    record Made(Model model, Shape shape, CNN2DFormat format, boolean flat, int compared) {
    }

    private static final CNN2DFormat FIRST = CNN2DFormat.NCHW;

    private Dl4jNetworks() {
    }

    static Map<String, Made> all() {
        Map<String, Made> all = new LinkedHashMap<>();
        all.put("an Inception network", new Made(inception(), new Shape(3, 40, 44), FIRST, false, 21));
        all.put("a LeNet for rows first", new Made(leNet(FIRST, 28, 28, 1), new Shape(1, 28, 28), FIRST, false, 6));
        all.put("a LeNet for channels last", new Made(leNet(CNN2DFormat.NHWC, 20, 25, 3), new Shape(3, 20, 25),
                CNN2DFormat.NHWC, false, 6));
        for (CNN2DFormat format : CNN2DFormat.values()) {
            all.put("separable and normalized, " + format, new Made(separable(format), new Shape(3, 17, 14), format, false,
                    10));
        }
        all.put("deconvolutions", new Made(deconvolutions(), new Shape(2, 7, 6), FIRST, false, 8));
        all.put("vertices", new Made(vertices(), new Shape(3, 9, 8), FIRST, false, 17));
        all.put("activations", new Made(activations(), new Shape(3, 6, 5), FIRST, false, 19));
        all.put("a list of numbers", new Made(stack(new NeuralNetConfiguration.Builder().list()
                .layer(new DenseLayer.Builder().nIn(49).nOut(8).activation(Activation.TANH).build())
                .layer(new CenterLossOutputLayer.Builder().nOut(4).activation(Activation.SOFTMAX).build())),
                new Shape(1, 7, 7), FIRST, true, 2));
        all.put("a picture out of a list", new Made(stack(new NeuralNetConfiguration.Builder().list()
                .layer(new ConvolutionLayer.Builder(3, 3).nOut(4).activation(Activation.RELU).build())
                .layer(new DenseLayer.Builder().nOut(5).hasBias(false).activation(Activation.SIGMOID).build())
                .layer(new LossLayer.Builder().activation(Activation.SOFTMAX).build())
                .setInputType(InputType.convolutionalFlat(9, 8, 3))), new Shape(3, 9, 8), FIRST, true, 3));
        return all;
    }

    private static MultiLayerNetwork stack(ListBuilder builder) {
        MultiLayerNetwork network = new MultiLayerNetwork(builder.build());
        network.init();
        return network;
    }

    private static ComputationGraph graph(GraphBuilder builder) {
        ComputationGraph network = new ComputationGraph(builder.build());
        network.init();
        return network;
    }

    private static GraphBuilder builder(CNN2DFormat format, int rows, int columns, int channels) {
        return new NeuralNetConfiguration.Builder().seed(1).activation(Activation.RELU).graphBuilder().addInputs("input")
                .setInputTypes(InputType.convolutional(rows, columns, channels, format));
    }

    private static MultiLayerNetwork leNet(CNN2DFormat format, int rows, int columns, int channels) {
        return stack(new NeuralNetConfiguration.Builder().activation(Activation.IDENTITY).list()
                .layer(new ConvolutionLayer.Builder(5, 5).nOut(6).dataFormat(format).build())
                .layer(new SubsamplingLayer.Builder(2, 2).stride(2, 2).build())
                .layer(new ConvolutionLayer.Builder(5, 5).nOut(9).activation(Activation.RELU).build())
                .layer(new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.AVG).kernelSize(2, 2).stride(2, 2).build())
                .layer(new DenseLayer.Builder().nOut(20).activation(Activation.RELU).build())
                .layer(new OutputLayer.Builder().nOut(10).activation(Activation.SOFTMAX).build())
                .setInputType(InputType.convolutional(rows, columns, channels, format)));
    }

    private static ComputationGraph inception() {
        GraphBuilder builder = builder(FIRST, 40, 44, 3)
                .addLayer("conv1", convolution(7, 16, 2), "input")
                .addLayer("pool1", pool(3, 2), "conv1")
                .addLayer("lrn1", new LocalResponseNormalization.Builder().n(5).k(1).alpha(0.01).beta(0.75).build(), "pool1")
                .addLayer("conv2", convolution(1, 16, 1), "lrn1")
                .addLayer("conv3", convolution(3, 24, 1), "conv2")
                .addLayer("lrn2", new LocalResponseNormalization.Builder().build(), "conv3");
        block(builder, "3a", "lrn2");
        builder.addLayer("pool3", pool(3, 2), "3a");
        block(builder, "4a", "pool3");
        return graph(builder.addLayer("mean", new GlobalPoolingLayer.Builder(PoolingType.AVG).build(), "4a")
                .addLayer("drop", new DropoutLayer.Builder(0.4).build(), "mean")
                .addLayer("out", new OutputLayer.Builder().nOut(11).activation(Activation.SOFTMAX).build(), "drop")
                .setOutputs("out"));
    }

    private static void block(GraphBuilder builder, String name, String from) {
        builder.addLayer(name + "_1", convolution(1, 8, 1), from).addLayer(name + "_3", convolution(3, 12, 1), from)
                .addLayer(name + "_5", convolution(5, 6, 1), from)
                .addLayer(name + "_m", pool(3, 1), from).addLayer(name + "_p", convolution(1, 6, 1), name + "_m")
                .addVertex(name, new MergeVertex(), name + "_1", name + "_3", name + "_5", name + "_p");
    }

    private static ConvolutionLayer convolution(int size, int made, int step) {
        return new ConvolutionLayer.Builder(size, size).nOut(made).stride(step, step)
                .convolutionMode(ConvolutionMode.Same).build();
    }

    private static SubsamplingLayer pool(int size, int step) {
        return new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.MAX).kernelSize(size, size).stride(step, step)
                .convolutionMode(ConvolutionMode.Same).build();
    }

    private static ComputationGraph separable(CNN2DFormat format) {
        return graph(builder(format, 17, 14, 3)
                .addLayer("conv", new ConvolutionLayer.Builder(3, 2).stride(2, 1).dilation(2, 2).padding(1, 2).nOut(6)
                        .hasBias(false).activation(Activation.IDENTITY).dataFormat(format).build(), "input")
                .addLayer("norm", new BatchNormalization.Builder().eps(1e-3).dataFormat(format).build(), "conv")
                .addLayer("sep", new SeparableConvolution2D.Builder(3, 3).nOut(8).depthMultiplier(2)
                        .convolutionMode(ConvolutionMode.Same).dataFormat(format).build(), "norm")
                .addLayer("locked", new BatchNormalization.Builder().lockGammaBeta(true).gamma(1.5).beta(-0.5)
                        .useLogStd(false).dataFormat(format).build(), "sep")
                .addLayer("deep", new DepthwiseConvolution2D.Builder(3, 2).depthMultiplier(3).stride(2, 2)
                        .convolutionMode(ConvolutionMode.Same).dataFormat(format).build(), "locked")
                .addLayer("frozen", new FrozenLayer(new ConvolutionLayer.Builder(1, 1).nIn(24).nOut(5)
                        .activation(new ActivationLReLU(0.2)).dataFormat(format).build()), "deep")
                .addLayer("padded", new ZeroPaddingLayer.Builder(1, 2, 0, 3).dataFormat(format).build(), "frozen")
                .addLayer("twice", new Upsampling2D.Builder(2).dataFormat(format).build(), "padded")
                .addLayer("mean", new GlobalPoolingLayer.Builder(PoolingType.MAX).build(), "twice")
                .addLayer("out", new OutputLayer.Builder().nOut(4).activation(Activation.SOFTMAX).build(), "mean")
                .setOutputs("out"));
    }

    private static ComputationGraph deconvolutions() {
        GraphBuilder builder = builder(FIRST, 7, 6, 2);
        int number = 0;
        for (ConvolutionMode mode : List.of(ConvolutionMode.Truncate, ConvolutionMode.Same)) {
            for (int step = 1; step < 4; step++) {
                builder.addLayer("d" + number++, new Deconvolution2D.Builder(number % 2 == 0 ? 4 : 3, 2).stride(step, step)
                        .padding(mode == ConvolutionMode.Same ? 0 : 1, 0).nOut(3).convolutionMode(mode).build(), "input");
            }
        }
        return graph(builder
                .addLayer("dilated", new Deconvolution2D.Builder(2, 3).dilation(2, 2).nOut(3).hasBias(false).build(), "input")
                .addLayer("maps", new CnnLossLayer.Builder().activation(Activation.SOFTMAX).build(), "dilated")
                .setOutputs("maps", "d0", "d1", "d2", "d3", "d4", "d5"));
    }

    private static ComputationGraph vertices() {
        return graph(builder(FIRST, 9, 8, 3)
                .addLayer("a", convolution(3, 4, 1), "input").addLayer("b", convolution(1, 4, 1), "input")
                .addVertex("add", new ElementWiseVertex(Op.Add), "a", "b", "a")
                .addVertex("subtract", new ElementWiseVertex(Op.Subtract), "a", "b")
                .addVertex("product", new ElementWiseVertex(Op.Product), "a", "b", "add")
                .addVertex("average", new ElementWiseVertex(Op.Average), "a", "b", "product")
                .addVertex("max", new ElementWiseVertex(Op.Max), "subtract", "b", "average")
                .addVertex("scale", new ScaleVertex(-2.5), "max").addVertex("shift", new ShiftVertex(1.5), "scale")
                .addVertex("merge", new MergeVertex(), "shift", "a", "max").addVertex("helped", new PoolHelperVertex(), "merge")
                .addLayer("cropped", new Cropping2D.Builder(1, 0, 2, 1).build(), "helped")
                .addLayer("pooled", new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.AVG).kernelSize(3, 3)
                        .stride(2, 2).padding(1, 1).avgPoolIncludePadInDivisor(true).build(), "cropped")
                .addLayer("mean", new GlobalPoolingLayer.Builder(PoolingType.AVG).build(), "pooled")
                .addLayer("dense", new DenseLayer.Builder().nOut(10).activation(Activation.TANH).build(), "mean")
                .addVertex("some", new SubsetVertex(3, 7), "dense")
                .addLayer("out", new OutputLayer.Builder().nIn(5).nOut(4).activation(Activation.SOFTMAX).build(), "some")
                .setOutputs("out"));
    }

    /** Each function on its own convolution of the input. */
    private static ComputationGraph activations() {
        List<IActivation> functions = List.of(new ActivationCube(), new ActivationELU(0.7), new ActivationHardSigmoid(),
                new ActivationHardTanH(), new ActivationReLU(0.3, 0.0, 0.1), new ActivationReLU(0.4, null, null),
                new ActivationReLU(null, 0.0, 0.2), new ActivationReLU6(), new ActivationSELU(), new ActivationSigmoid(),
                new ActivationSoftPlus(), new ActivationSwish(), new ActivationTanH(), new ActivationGELU(false),
                new ActivationGELU(true), new ActivationMish(), new ActivationRectifiedTanh());
        GraphBuilder builder = builder(FIRST, 6, 5, 3);
        String[] names = new String[functions.size()];
        for (int i = 0; i < names.length; i++) {
            names[i] = "f" + i;
            builder.addLayer(names[i], new ConvolutionLayer.Builder(2, 2).nOut(7).activation(functions.get(i)).build(),
                    "input");
        }
        return graph(builder.addVertex("all", new MergeVertex(), names)
                .addLayer("dense", new DenseLayer.Builder().nOut(4).activation(new ActivationSwish()).build(), "all")
                .addLayer("soft", new ActivationLayer(Activation.SOFTMAX), "dense").setOutputs("soft"));
    }

    static ComputationGraph withUnsupportedHead() {
        return graph(builder(FIRST, 12, 12, 3).addLayer("conv", convolution(3, 5, 2), "input")
                .addLayer("soft", new ActivationLayer(Activation.SOFTSIGN), "conv")
                .addVertex("length", new L2NormalizeVertex(), "conv").addVertex("length2", new L2NormalizeVertex(), "conv")
                .addVertex("merge", new MergeVertex(), "soft", "length", "length2")
                .addLayer("mean", new GlobalPoolingLayer.Builder(PoolingType.AVG).build(), "merge")
                .addLayer("out", new OutputLayer.Builder().nOut(4).activation(Activation.SOFTMAX).build(), "mean")
                .setOutputs("out"));
    }
}
