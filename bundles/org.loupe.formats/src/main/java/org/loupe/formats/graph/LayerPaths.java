package org.loupe.formats.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where the operations of a network are, as paths of parts from the outermost to the innermost, and what else is there.
 * What all paths begin with is left out.
 */
final class LayerPaths {

    /** Last parts of a path that only say what kind of operation is there. */
    private static final Set<String> GENERIC = Set.of("conv", "conv2d", "convolution", "depthwise", "relu", "relu6", "clip",
            "maxpool", "maxpool2d", "max_pool", "max_pool2d", "averagepool", "avgpool2d", "avg_pool", "avg_pool2d", "globalaveragepool", "globalmaxpool", "mean",
            "reducemean", "add", "sum", "addv2", "iadd", "add_", "concat", "concatv2", "concatenate", "concatenation", "cat", "gemm",
            "matmul", "dense", "linear", "addmm", "batchnormalization", "batchnorm", "batch_norm", "fusedbatchnormv3",
            "fusedbatchnorm", "biasadd", "bias_add", "output", "softmax", "sigmoid", "mul", "div", "sub", "pow", "hardswish", "hard_swish",
            "hardsigmoid", "swish", "silu", "gelu", "tanh", "leakyrelu", "elu", "lrn", "layernormalization", "layer_norm", "act",
            "activation", "depthwiseconv2dnative", "conv2dbackpropinput", "convtranspose", "transpose", "reshape", "pad", "slice");

    /** What TensorFlow puts behind all names when a network is traced a second time. */
    private static final String SECOND = "_1";

    private static final String WORD_BREAKS = "._-";
    private static final int LONGEST = 300;

    private final Map<String, List<String>> parts = new HashMap<>();
    private final Map<String, int[]> modules = new HashMap<>();
    private final Map<String, int[]> words = new HashMap<>();
    private final Map<String, Integer> positions = new HashMap<>();

    /**
     * @param names of the operations, in the order in which they run
     * @param paths by name; empty where the file does not say where an operation is
     */
    LayerPaths(List<String> names, Map<String, String> paths) {
        for (String name : names) {
            parts.put(name, parts(paths.getOrDefault(name, name)));
            positions.put(name, positions.size());
        }
        int shared = common(names, 0);
        parts.replaceAll((name, list) -> list.subList(Math.min(shared, list.size()), list.size()));
        if (parts.values().stream().allMatch(list -> !list.isEmpty() && list.get(0).endsWith(SECOND))) {
            parts.replaceAll((name, list) -> Stream.concat(Stream.of(list.get(0).substring(0, list.get(0).length() - SECOND.length())),
                    list.stream().skip(1)).toList());
        }
        for (String name : names) {
            count(modules, beginnings(name, "."), positions.get(name));
            count(words, beginnings(name, WORD_BREAKS), positions.get(name));
        }
    }

    private static void count(Map<String, int[]> counts, List<String> beginnings, int position) {
        for (String beginning : beginnings) {
            int[] subtree = counts.computeIfAbsent(beginning, any -> new int[2]);
            subtree[0]++;
            subtree[1] = position;
        }
    }

    /** How many first parts say nothing, because all paths have them; at least as many as are known to. */
    private int common(List<String> names, int known) {
        List<String> first = parts.get(names.get(0));
        boolean all = names.size() > 1 && names.stream().map(parts::get).allMatch(list -> list.size() > known + 1
                && list.get(known).equals(first.get(known)) && !isNumber(list.get(known + 1)) && !isGeneric(list.get(known + 1)));
        return all ? common(names, known + 1) : known;
    }

    private static boolean isNumber(String part) {
        return part.chars().allMatch(Character::isDigit);
    }

    /** The place of an operation in the order in which they run. */
    int position(String name) {
        return positions.get(name);
    }

    /** Whether only some operations have paths with a beginning, be it that of a module or of names. */
    boolean isOnly(String beginning, List<String> names) {
        boolean module = names.stream().allMatch(name -> beginnings(name, ".").contains(beginning));
        long own = names.stream().distinct().filter(name -> beginnings(name, WORD_BREAKS).contains(beginning)).count();
        int[] subtree = (module ? modules : words).get(beginning);
        return subtree != null && subtree[0] == own;
    }

    /** Whether an operation is the last one below a beginning of paths. */
    boolean isLast(String beginning, String name) {
        int[] subtree = modules.get(beginning);
        return subtree == null || subtree[1] <= positions.get(name);
    }

    /** The whole path of an operation as one text. */
    String whole(String name) {
        return text(parts.get(name));
    }

    /** Whether the file says where an operation is. */
    boolean isNamed(String name) {
        List<String> list = parts.get(name);
        return !list.isEmpty();
    }

    /** The path without last parts that only say what kind of operation is there. */
    String trimmed(String name) {
        List<String> list = new ArrayList<>(parts.get(name));
        while (list.size() > 1 && isGeneric(list.get(list.size() - 1))) {
            list.remove(list.size() - 1);
        }
        return text(list).replaceFirst("(?i)([_.]?pre_?relu(_conv)?|_matmul)$", "");
    }

    /**
     * A beginning of a path without a last part that is a mere number, as long as nothing else is below what remains:
     * the only convolution of a sequence has the name of the sequence.
     */
    String withoutNumber(String beginning, List<String> names) {
        String shorter = beginning.replaceFirst("\\.\\d+$", "");
        return shorter.equals(beginning) || !isOnly(shorter, names) ? beginning : withoutNumber(shorter, names);
    }

    /** The longest beginning that the paths of some operations share, up to the end of a part or a word. */
    String common(List<String> names) {
        return shared(names.stream().map(this::whole).toList());
    }

    /** The longest beginning that texts share up to the end of a word. */
    static String shared(List<String> texts) {
        String first = texts.get(0);
        for (int length = first.length(); length > 0; length--) {
            int end = length;
            boolean all = texts.stream().allMatch(text -> text.startsWith(first.substring(0, end))
                    && (text.length() == end || WORD_BREAKS.indexOf(text.charAt(end)) >= 0));
            if (all) {
                return first.substring(0, end);
            }
        }
        return "";
    }

    private static boolean isGeneric(String part) {
        String kind = part.toLowerCase(Locale.ROOT);
        return GENERIC.contains(kind) || GENERIC.contains(kind.replaceFirst("_\\d+$", ""));
    }

    private List<String> beginnings(String name, String breaks) {
        String whole = whole(name);
        List<String> beginnings = new ArrayList<>();
        for (int end = 1; end <= whole.length(); end++) {
            if (end == whole.length() || breaks.indexOf(whole.charAt(end)) >= 0) {
                beginnings.add(whole.substring(0, end));
            }
        }
        return beginnings;
    }

    /**
     * The parts of a path, between slashes and dots. PyTorch's exporter writes {@code layer1/layer1.0/conv1}: parts that
     * repeat the one that precedes them go on from it.
     */
    static List<String> parts(String path) {
        List<String> parts = new ArrayList<>();
        String before = "";
        String end = path.substring(Math.max(0, path.length() - LONGEST));
        for (String step : end.replaceFirst(":\\d+$", "").split("/")) {
            String more = !before.isEmpty() && step.startsWith(before + ".") ? step.substring(before.length() + 1) : step;
            Arrays.stream(more.split("\\.")).map(LayerPaths::clean).filter(part -> !part.isEmpty()).forEach(parts::add);
            before = step.isBlank() ? before : step;
        }
        return parts;
    }

    /** A text in the characters that a layer's name may have. */
    private static String clean(String part) {
        return part.replaceAll("[\\s:@+*,{}=]+", "_").replaceFirst("^_+", "").replaceFirst("_+$", "");
    }

    private static String text(List<String> list) {
        return list.stream().collect(Collectors.joining("."));
    }
}
