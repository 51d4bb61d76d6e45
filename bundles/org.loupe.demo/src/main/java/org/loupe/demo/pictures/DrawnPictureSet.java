package org.loupe.demo.pictures;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.loupe.core.Batch;
import org.loupe.core.Progress;
import org.loupe.core.picture.ContentHash;
import org.loupe.core.picture.Frame;
import org.loupe.core.picture.PartMap;
import org.loupe.core.picture.Picture;
import org.loupe.core.picture.PictureHeader;
import org.loupe.core.picture.PictureSet;
import org.loupe.core.picture.Pixels;
import org.loupe.core.picture.Resampling;

/**
 * Drawn pictures with seeds that follow each other, each drawn when it is read. Their classes, the parts that pixels
 * belong to, and what was decided when they were drawn are known. Names are those of the class and the seed, such as
 * {@code dog/10000017}.
 */
public final class DrawnPictureSet implements PictureSet {

    private static final int SIZE = LabelledPicture.SIZE;
    private static final List<String> PARTS = Arrays.stream(Part.values()).map(Part::label).toList();
    private static final int CLASSES = PictureClass.values().length;

    private final PictureGenerator generator = new PictureGenerator();
    private final String name;
    private final long firstSeed;
    private final List<Picture> pictures;

    /** So many pictures, from a seed on; classes take turns. */
    public DrawnPictureSet(String name, long firstSeed, int count) {
        this.name = name;
        this.firstSeed = firstSeed;
        this.pictures = IntStream.range(0, count).mapToObj(index -> {
            int label = (int) Math.floorMod(firstSeed + index, (long) CLASSES);
            return new Picture(PictureClass.values()[label].label() + "/" + (firstSeed + index), label);
        }).toList();
    }

    /** A picture with all that is known about it. */
    public LabelledPicture drawn(int index) {
        return generator.picture(firstSeed + index);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<Picture> pictures() {
        return pictures;
    }

    @Override
    public List<String> classes() {
        return PictureClass.labels();
    }

    /** Covers the seeds, and the colours of the first picture of each class: these change with the generator. */
    @Override
    public Optional<String> hash(Progress progress) {
        ContentHash hash = new ContentHash();
        for (int index = 0; index < pictures.size(); index++) {
            int checksum = index < CLASSES ? Arrays.hashCode(drawn(index).colours()) : 0;
            hash.add(pictures.get(index).name(), classes().get(pictures.get(index).label()), firstSeed + index, checksum);
        }
        return Optional.of(hash.hex());
    }

    @Override
    public PictureHeader header(int index) {
        return new PictureHeader("drawn", SIZE, SIZE);
    }

    @Override
    public void read(int index, Frame frame, Batch batch, int image) {
        Resampling.fit(new Drawn(drawn(index).colours()), frame, batch.values(), batch.offset(image, 0));
    }

    @Override
    public Optional<PartMap> parts(int index) {
        return Optional.of(new PartMap(SIZE, SIZE, PARTS, drawn(index).parts()));
    }

    /**
     * {@code facing}, {@code kind}, {@code view}, {@code scale}, {@code rotation}, and of the first arc, where there is
     * one, {@code radius} in pixels and {@code apex} in degrees. Empty where something has none.
     */
    @Override
    public Map<String, String> factors(int index) {
        Facts facts = drawn(index).facts();
        Optional<Arc> arc = facts.arcs().stream().findFirst();
        SortedMap<String, String> factors = new TreeMap<>();
        factors.put("facing", facts.facing() == Facing.NEITHER ? "" : facts.facing().name().toLowerCase(Locale.ROOT));
        factors.put("kind", facts.kind());
        factors.put("view", facts.view());
        factors.put("scale", Double.toString(facts.scale()));
        factors.put("rotation", Double.toString(facts.rotation()));
        factors.put("radius", arc.map(one -> Double.toString(one.radius())).orElse(""));
        factors.put("apex", arc.map(one -> Double.toString(one.apex())).orElse(""));
        return factors;
    }

    /** Cars and buses are vehicles, and a jumble is what it was made from. */
    @Override
    public Optional<String> group(int index) {
        PictureClass drawn = PictureClass.values()[pictures.get(index).label()];
        String kind = drawn == PictureClass.JUMBLE ? drawn(index).facts().kind() : drawn.label();
        String first = kind.split(" ")[0];
        return Optional.of(first.equals("car") || first.equals("bus") ? "vehicle" : first);
    }

    @Override
    public void close() {
        // Nothing is open.
    }

    /** Unsigned bytes in the order (channel, row, column). */
    private record Drawn(byte[] values) implements Pixels {

        @Override
        public int rows() {
            return SIZE;
        }

        @Override
        public int columns() {
            return SIZE;
        }

        @Override
        public void read(int row, float[] colours) {
            for (int column = 0; column < SIZE; column++) {
                for (int channel = 0; channel < 3; channel++) {
                    colours[3 * column + channel] = (values[(channel * SIZE + row) * SIZE + column] & 255) / 255f;
                }
            }
        }
    }
}
