package org.loupe.engine.nd4j;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex.Op;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.LocalResponseNormalization;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.loupe.core.network.Network;
import org.loupe.core.network.Operation;
import org.loupe.core.network.Operation.Addition;
import org.loupe.core.network.Operation.AveragePool;
import org.loupe.core.network.Operation.Concatenation;
import org.loupe.core.network.Operation.Convolution;
import org.loupe.core.network.Operation.Dense;
import org.loupe.core.network.Operation.GlobalAverage;
import org.loupe.core.network.Operation.MaxPool;
import org.loupe.core.network.Operation.Relu;
import org.loupe.core.network.Operation.Softmax;
import org.loupe.core.network.Shape;
import org.loupe.core.network.Window;
import org.nd4j.linalg.activations.Activation;

/** The graph that somebody builds in DL4J who follows a network of Loupe's, operation for operation. */
final class Dl4jArchitectures {

    private final Network network;
    private final GraphBuilder builder;
    private final Map<String, String> vertices = new HashMap<>(Map.of(Network.INPUT, "input"));

    private Dl4jArchitectures(Network network) {
        this.network = network;
        Shape shape = network.input().shape();
        builder = new NeuralNetConfiguration.Builder().activation(Activation.IDENTITY).graphBuilder().addInputs("input")
                .setInputTypes(InputType.convolutional(shape.rows(), shape.columns(), shape.channels()));
    }

    /** @param logs whether batch normalization keeps logarithms of standard deviations, as DL4J usually does */
    static ComputationGraph of(Network network, boolean logs) {
        Dl4jArchitectures made = new Dl4jArchitectures(network);
        List<Operation> all = network.operations();
        Set<String> needed = new HashSet<>(Set.of(all.get(all.size() - 1).name()));
        for (int i = all.size() - 1; i >= 0; i--) {
            if (needed.contains(all.get(i).name())) {
                needed.addAll(all.get(i).inputs());
            }
        }
        all.stream().filter(operation -> needed.contains(operation.name())).forEach(operation -> made.add(operation, logs));
        made.builder.validateOutputLayerConfig(false).setOutputs(made.vertices.get(all.get(all.size() - 1).name()));
        ComputationGraph graph = new ComputationGraph(made.builder.build());
        graph.init();
        return graph;
    }

    private void add(Operation operation, boolean logs) {
        String name = operation.name();
        String[] reads = operation.inputs().stream().map(vertices::get).toArray(String[]::new);
        vertices.put(name, name);
        if (operation instanceof Convolution convolution) {
            convolution(name, convolution, reads);
        } else if (operation instanceof Dense dense) {
            boolean last = follower(name) instanceof Softmax;
            BaseLayer layer = last ? new OutputLayer.Builder().nOut(dense.bias().values().length).activation(activation(name)).build()
                    : new DenseLayer.Builder().nOut(dense.bias().values().length).activation(activation(name)).build();
            builder.addLayer(name, layer, reads);
        } else if (operation instanceof org.loupe.core.network.Operation.BatchNormalization normalization) {
            builder.addLayer(name, new BatchNormalization.Builder().eps(normalization.epsilon()).useLogStd(logs).build(), reads);
        } else if (operation instanceof MaxPool pool) {
            builder.addLayer(name, pool(SubsamplingLayer.PoolingType.MAX, pool.window()), reads);
        } else if (operation instanceof AveragePool pool) {
            builder.addLayer(name, pool(SubsamplingLayer.PoolingType.AVG, pool.window()), reads);
        } else if (operation instanceof GlobalAverage) {
            builder.addLayer(name, new GlobalPoolingLayer.Builder(PoolingType.AVG).build(), reads);
        } else if (operation instanceof org.loupe.core.network.Operation.LocalResponseNormalization response) {
            builder.addLayer(name, new LocalResponseNormalization.Builder().n(response.size())
                    .alpha(response.alpha() / response.size()).beta(response.beta()).k(response.bias()).build(), reads);
        } else if (operation instanceof Concatenation) {
            builder.addVertex(name, new MergeVertex(), reads);
        } else if (operation instanceof Addition) {
            builder.addVertex(name, new ElementWiseVertex(Op.Add), reads);
        } else if (activates(operation.inputs().get(0))) {
            vertices.put(name, reads[0]);
        } else if (operation instanceof Relu) {
            builder.addLayer(name, new ActivationLayer(Activation.RELU), reads);
        } else {
            throw new IllegalArgumentException("no layer of DL4J for " + operation);
        }
    }

    private void convolution(String name, Convolution convolution, String... reads) {
        Window window = convolution.window();
        builder.addLayer(name, new ConvolutionLayer.Builder(window.rows(), window.columns())
                .stride(window.rowStep(), window.columnStep()).padding(padding(window)).convolutionMode(mode(window))
                .nOut(convolution.bias().values().length).activation(activation(name))
                .hasBias(!(follower(name) instanceof org.loupe.core.network.Operation.BatchNormalization)).build(), reads);
    }

    private static SubsamplingLayer pool(SubsamplingLayer.PoolingType type, Window window) {
        return new SubsamplingLayer.Builder(type).kernelSize(window.rows(), window.columns())
                .stride(window.rowStep(), window.columnStep()).padding(padding(window)).convolutionMode(mode(window)).build();
    }

    private static boolean isSymmetric(Window window) {
        return window.top() == window.bottom() && window.left() == window.right();
    }

    private static ConvolutionMode mode(Window window) {
        return isSymmetric(window) ? ConvolutionMode.Truncate : ConvolutionMode.Same;
    }

    private static int[] padding(Window window) {
        return isSymmetric(window) ? new int[] {window.top(), window.left()} : new int[] {0, 0};
    }

    private Operation follower(String name) {
        return network.operations().stream().filter(other -> other.inputs().contains(name)).findFirst().orElse(null);
    }

    private boolean activates(String name) {
        Operation operation = network.operation(name).orElseThrow();
        return operation instanceof Convolution || operation instanceof Dense;
    }

    private Activation activation(String name) {
        return follower(name) instanceof Relu ? Activation.RELU
                : follower(name) instanceof Softmax ? Activation.SOFTMAX : Activation.IDENTITY;
    }
}
