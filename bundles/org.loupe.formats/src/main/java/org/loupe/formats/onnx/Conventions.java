package org.loupe.formats.onnx;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.loupe.core.network.InputChoice;
import org.loupe.core.network.Network;
import org.loupe.core.network.NetworkReading;
import org.loupe.core.network.NetworkReading.Certainty;
import org.loupe.core.network.Operation;
import org.loupe.core.network.Operation.BatchNormalization;
import org.loupe.core.network.Operation.Convolution;
import org.loupe.core.network.Preparation;

/** Finds out how colours become a network's numbers, from what a file says and from what its writer usually does. */
final class Conventions {

    private static final String ASK = " Say how with another preparation if the network was trained otherwise.";

    private Conventions() {
    }

    private record Guess(String preparation, Certainty certainty, String remark) {
    }

    /** The network with its preparation, and how sure that is. */
    static NetworkReading prepared(Network network, Model model, InputPort port, InputChoice choice, List<String> remarks) {
        if (choice.preparation().isPresent()) {
            return new NetworkReading(choice.preparation().get().applied(network), Certainty.STATED, port.size(), remarks);
        }
        Guess guess = guess(network, model, port);
        remarks.add(guess.remark() + (guess.certainty() == Certainty.STATED ? "" : ASK));
        Network prepared = Preparation.parse(guess.preparation()).applied(network);
        return new NetworkReading(prepared, guess.certainty(), port.size(), remarks);
    }

    private static Guess guess(Network network, Model model, InputPort port) {
        String range = model.metadata().getOrDefault("Image.NominalPixelRange", "");
        boolean reversed = model.metadata().getOrDefault("Image.BitmapPixelFormat", "").toLowerCase(Locale.ROOT).startsWith("bgr");
        if (range.equals("NominalRange_0_255") || range.equals("Normalized_0_1") || range.equals("Normalized_1_1")) {
            String numbers = range.equals("NominalRange_0_255") ? "mean 0,0,0 deviation 1,1,1"
                    : range.equals("Normalized_0_1") ? "mean 0,0,0 deviation 255,255,255" : "mean 127.5,127.5,127.5 deviation 127.5,127.5,127.5";
            return new Guess((reversed ? "bgr " : "") + numbers, Certainty.STATED, "The file says how colours become its numbers (" + range + ").");
        }
        Guess own = ownNormalization(network);
        if (own != null) {
            return own;
        }
        if (port.type() == 2) {
            return new Guess("0..255", Certainty.GUESSED, "Its input is made of bytes, so it was taken to see colours from 0 to 255.");
        }
        String producer = model.producer().toLowerCase(Locale.ROOT);
        boolean colours = port.shape().channels() == 3;
        if (producer.startsWith("pytorch") && colours) {
            return new Guess("imagenet", Certainty.GUESSED,
                    "PyTorch wrote the file, so its pictures were taken to be prepared as torchvision does (imagenet).");
        }
        if (colours && (producer.contains("caffe") || isCaffe(network))) {
            return new Guess("caffe", Certainty.GUESSED,
                    "The file looks like one from Caffe, so its pictures were taken to have blue first and no mean (caffe).");
        }
        if (producer.startsWith("tf2onnx") || producer.startsWith("keras2onnx") || producer.contains("tensorflow")) {
            return new Guess("-1..1", Certainty.GUESSED,
                    "The file comes from TensorFlow or Keras, so colours were taken to run from -1 to 1, as in most of their networks.");
        }
        return new Guess("0..1", Certainty.UNKNOWN, "The file does not say how colours become its numbers; they run from 0 to 1 for now.");
    }

    /** Names such as {@code conv1/7x7_s2} and {@code inception_3a/1x1}, as Caffe's model zoo has them. */
    private static boolean isCaffe(Network network) {
        return network.operations().stream().filter(operation -> operation instanceof Convolution)
                .anyMatch(operation -> operation.name().matches("(conv1/7x7_s2|inception_3a/1x1|conv1_1|fire2/squeeze1x1|res2a_branch1)(_1)?"));
    }

    /** What a normalization that the graph itself begins with asks for, or null. */
    private static Guess ownNormalization(Network network) {
        List<Operation> first = network.operations().stream().filter(operation -> operation.inputs().contains(Network.INPUT)).toList();
        if (first.size() != 1 || !(first.get(0) instanceof BatchNormalization normalization)) {
            return null;
        }
        double[] centres = new double[normalization.scale().values().length];
        double[] widths = new double[centres.length];
        for (int i = 0; i < centres.length; i++) {
            double scale = normalization.scale().values()[i]
                    / Math.sqrt((double) normalization.variance().values()[i] + normalization.epsilon());
            widths[i] = Math.abs(1 / scale);
            centres[i] = normalization.mean().values()[i] - normalization.shift().values()[i] / scale;
        }
        double width = Arrays.stream(widths).average().orElse(0);
        double centre = Arrays.stream(centres).average().orElse(0);
        if (width > 2 && width < 4 && Math.abs(centre) < 1) {
            return new Guess("imagenet", Certainty.GUESSED, "The graph begins by undoing torchvision's preparation (imagenet) for its own.");
        }
        if (width > 20 && width <= 256 && centre >= 0 && centre < 256) {
            return new Guess("0..255", Certainty.GUESSED, "The graph begins with its own normalization of colours from 0 to 255.");
        }
        if (width > 0.05 && width <= 1 && centre >= 0 && centre <= 1) {
            return new Guess("0..1", Certainty.GUESSED, "The graph begins with its own normalization of colours from 0 to 1.");
        }
        return null;
    }
}
