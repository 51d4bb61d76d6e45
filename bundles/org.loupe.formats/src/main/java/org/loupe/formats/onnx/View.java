package org.loupe.formats.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.loupe.core.network.NetworkException;
import org.loupe.core.network.Shape;

/**
 * What an operation computes, as the file's graph sees it: which of the file's axes are image, channel, row and column.
 *
 * <p>Reshaping and transposing only change this book-keeping. An axis holds a product of {@linkplain Atom atoms}, the
 * slowest first; atoms of size 1 are left out.
 *
 * @param operation name of the operation
 * @param shape     of what it computes for one image
 * @param images    number of images that the file is written for, 1 where it leaves it open
 * @param axes      for each of the file's axes, what it runs over
 */
record View(String operation, Shape shape, int images, List<List<Atom>> axes) implements Value {

    /** What an axis can run over. */
    enum Role {
        IMAGE, CHANNEL, ROW, COLUMN
    }

    /** A part of a role's index: the index is the sum of atoms' values times strides. */
    record Atom(Role role, int size, int stride) {
        /** Whether this atom and the faster one behind it are one. */
        boolean joins(Atom next) {
            return role == next.role && stride == next.stride * next.size;
        }
    }

    View {
        axes = axes.stream().map(List::copyOf).toList();
    }

    /** The usual order: image, channel, row, column. */
    static View image(String operation, Shape shape, int images) {
        return new View(operation, shape, images, List.of(whole(Role.IMAGE, images), whole(Role.CHANNEL, shape.channels()),
                whole(Role.ROW, shape.rows()), whole(Role.COLUMN, shape.columns())));
    }

    /** An axis that runs over all of a role. */
    static List<Atom> whole(Role role, int size) {
        return size == 1 ? List.of() : List.of(new Atom(role, size, 1));
    }

    int size(Role role) {
        return switch (role) {
            case IMAGE -> images;
            case CHANNEL -> shape.channels();
            case ROW -> shape.rows();
            case COLUMN -> shape.columns();
        };
    }

    /** The same axes over what another operation of the same shape computes. */
    View of(String other) {
        return new View(other, shape, images, axes);
    }

    View with(List<List<Atom>> other) {
        return new View(operation, shape, images, other);
    }

    @Override
    public int[] sizes() {
        return axes.stream().mapToInt(View::size).toArray();
    }

    private static int size(List<Atom> axis) {
        int size = 1;
        for (Atom atom : axis) {
            size = Math.multiplyExact(size, atom.size());
        }
        return size;
    }

    /** The roles that an axis runs over. */
    Set<Role> roles(int axis) {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        axes.get(axis).forEach(atom -> roles.add(atom.role()));
        return roles;
    }

    /** Whether an axis runs over all of a role, in order, and over nothing else. */
    boolean isWhole(int axis, Role role) {
        return axes.get(axis).equals(whole(role, size(role)));
    }

    /** Whether the axes are image, channel, row, column, each in its order. */
    boolean isImage() {
        return rank() == 4 && isWhole(0, Role.IMAGE) && isWhole(1, Role.CHANNEL) && isWhole(2, Role.ROW)
                && isWhole(3, Role.COLUMN);
    }

    /** Whether some axes together run over all of some roles and over nothing else, in whatever order. */
    boolean cover(int[] some, Set<Role> roles) {
        long product = 1;
        for (int axis : some) {
            for (Atom atom : axes.get(axis)) {
                if (!roles.contains(atom.role())) {
                    return false;
                }
                product *= atom.size();
            }
        }
        long all = 1;
        for (Role role : roles) {
            all *= size(role);
        }
        return product == all;
    }

    /**
     * The axis that runs over the channels alone, all of them. Where there is only one channel, the given axis if
     * it has the size 1.
     *
     * @return -1 when there is none
     */
    int channelAxis(int preferred) {
        for (int axis = 0; axis < rank(); axis++) {
            if (!axes.get(axis).isEmpty() && cover(new int[] {axis}, Set.of(Role.CHANNEL))) {
                return axis;
            }
        }
        return shape.channels() == 1 && preferred < rank() && axes.get(preferred).isEmpty() ? preferred : -1;
    }

    /** The axes in another order. */
    View transposed(int[] order) {
        return with(Arrays.stream(order).mapToObj(axes::get).toList());
    }

    /** The same with some axes of size 1 left out. */
    View without(Set<Integer> left) {
        List<List<Atom>> kept = new ArrayList<>();
        for (int axis = 0; axis < rank(); axis++) {
            if (!left.contains(axis)) {
                kept.add(axes.get(axis));
            } else if (!axes.get(axis).isEmpty()) {
                throw new NetworkException("it squeezes an axis of the size " + size(axes.get(axis)));
            }
        }
        return with(kept);
    }

    /**
     * The same numbers, in the same order, with other axes.
     *
     * @throws Unsupported when an axis would run over part of a role in a way that cannot be written down
     */
    View reshaped(int[] sizes) {
        List<Atom> open = new ArrayList<>();
        axes.forEach(open::addAll);
        List<List<Atom>> result = new ArrayList<>();
        int next = 0;
        for (int size : sizes) {
            List<Atom> axis = new ArrayList<>();
            int missing = size;
            while (missing > 1 && next < open.size()) {
                Atom atom = open.get(next);
                if (missing % atom.size() == 0) {
                    axis.add(atom);
                    missing /= atom.size();
                    next++;
                } else if (atom.size() % missing == 0) {
                    int rest = atom.size() / missing;
                    axis.add(new Atom(atom.role(), missing, atom.stride() * rest));
                    open.set(next, new Atom(atom.role(), rest, atom.stride()));
                    missing = 1;
                } else {
                    throw new Unsupported("Reshape from " + Arrays.toString(sizes()) + " to " + Arrays.toString(sizes));
                }
            }
            if (missing != 1) {
                throw new NetworkException("it cannot bring " + Arrays.toString(sizes()) + " into the shape "
                        + Arrays.toString(sizes));
            }
            result.add(joined(axis));
        }
        if (next < open.size()) {
            throw new NetworkException("it cannot bring " + Arrays.toString(sizes()) + " into the shape " + Arrays.toString(sizes));
        }
        return with(result);
    }

    private static List<Atom> joined(List<Atom> axis) {
        List<Atom> joined = new ArrayList<>();
        for (Atom atom : axis) {
            int last = joined.size() - 1;
            if (last >= 0 && joined.get(last).joins(atom)) {
                joined.set(last, new Atom(atom.role(), joined.get(last).size() * atom.size(), atom.stride()));
            } else {
                joined.add(atom);
            }
        }
        return joined;
    }

    /** For each position along an axis, its index in the order (channel, row, column); images do not count. */
    int[] indices(int axis) {
        int[] indices = {0};
        for (Atom atom : axes.get(axis)) {
            int step = switch (atom.role()) {
                case IMAGE -> 0;
                case CHANNEL -> shape.rows() * shape.columns();
                case ROW -> shape.columns();
                case COLUMN -> 1;
            };
            int[] more = new int[Math.multiplyExact(indices.length, atom.size())];
            for (int i = 0; i < more.length; i++) {
                more[i] = indices[i / atom.size()] + i % atom.size() * atom.stride() * step;
            }
            indices = more;
        }
        return indices;
    }
}
