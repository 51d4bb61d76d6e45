package org.loupe.core.scan;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.loupe.core.Batch;
import org.loupe.core.Npy;
import org.loupe.core.Result;
import org.loupe.core.ResultFiles;

/**
 * How much each pixel matters to some neurons, on average.
 *
 * @param rows      height of the pictures
 * @param columns   width of the pictures
 * @param seen      how many pictures it is the average of
 * @param isPartial whether there were to be more
 * @param fields    of each neuron
 */
public record EffectiveFields(int rows, int columns, int seen, boolean isPartial, List<Field> fields) implements Result {

    /** The share of all gradient that lies within {@link Field#effective}. */
    public static final double SHARE = 0.95;

    private static final String TABLE = "fields.tsv";
    private static final String ARRAY = "fields.npy";
    private static final String HEADING = "unit\ttheoretical\teffective";

    /**
     * What one neuron looks at.
     *
     * @param unit        the neuron
     * @param theoretical outside of it nothing can matter
     * @param effective   the smallest square around the middle of all gradient that has {@link #SHARE} of it, cut off at the
     *                    edges of the picture; empty where there is no gradient
     * @param gradient    mean size of the gradient with respect to each pixel, summed over the colours, row by row
     */
    public record Field(String unit, ReceptiveField theoretical, ReceptiveField effective, float[] gradient) {
    }

    public EffectiveFields {
        fields = List.copyOf(fields);
    }

    /** The smallest square around the middle of some values, none of them negative, that has {@link #SHARE} of their sum. */
    static ReceptiveField boxOf(float[] values, int rows, int columns) {
        double sum = 0;
        double down = 0;
        double along = 0;
        for (int i = 0; i < values.length; i++) {
            sum += values[i];
            down += (double) values[i] * (i / columns);
            along += (double) values[i] * (i % columns);
        }
        if (!(sum > 0)) {
            return new ReceptiveField(0, 0, -1, -1);
        }
        int row = (int) Math.round(down / sum);
        int column = (int) Math.round(along / sum);
        for (int reach = 0;; reach++) {
            ReceptiveField box = new ReceptiveField(Math.max(0, row - reach), Math.max(0, column - reach),
                    Math.min(rows - 1, row + reach), Math.min(columns - 1, column + reach));
            double inside = 0;
            for (int r = box.top(); r <= box.bottom(); r++) {
                for (int c = box.left(); c <= box.right(); c++) {
                    inside += values[r * columns + c];
                }
            }
            if (inside >= SHARE * sum || box.rows() == rows && box.columns() == columns) {
                return box;
            }
        }
    }

    /** A line for each neuron: the sizes of both fields. */
    @Override
    public String text() {
        StringBuilder text = new StringBuilder();
        for (Field field : fields) {
            text.append(String.format(Locale.ROOT, "%s  %s; 95 %% of the gradient within %s, over %d pictures%n", field.unit,
                    "can see " + size(field.theoretical), size(field.effective), seen));
        }
        return text.toString();
    }

    /** A size in words. */
    public static String size(ReceptiveField field) {
        return field.rows() <= 0 || field.columns() <= 0 ? "nothing" : field.rows() + " × " + field.columns() + " pixels";
    }

    @Override
    public void save(ResultFiles files) throws IOException {
        Batch maps = Batch.zeros(fields.size(), 1, rows, columns);
        StringBuilder text = new StringBuilder("pictures\t").append(seen).append("\tpartial\t").append(isPartial)
                .append('\n').append(HEADING).append('\n');
        for (int i = 0; i < fields.size(); i++) {
            Field field = fields.get(i);
            System.arraycopy(field.gradient, 0, maps.values(), maps.offset(i, 0), maps.area());
            text.append(field.unit).append('\t').append(text(field.theoretical)).append('\t').append(text(field.effective))
                    .append('\n');
        }
        files.write(ARRAY, Npy.write(maps));
        files.write(TABLE, text.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static String text(ReceptiveField box) {
        return box.top() + " " + box.left() + " " + box.bottom() + " " + box.right();
    }

    /**
     * Reads what was saved.
     *
     * @throws IOException when it is damaged
     */
    static EffectiveFields load(ResultFiles files) throws IOException {
        Batch maps = Npy.read(files.read(ARRAY));
        String[] lines = new String(files.read(TABLE), StandardCharsets.UTF_8).split("\n");
        try {
            String[] facts = lines[0].split("\t");
            List<Field> fields = new ArrayList<>();
            for (int i = 0; i < maps.images(); i++) {
                String[] cells = lines[i + 2].split("\t");
                fields.add(new Field(cells[0], box(cells[1]), box(cells[2]), maps.image(i).values()));
            }
            return new EffectiveFields(maps.rows(), maps.columns(), Integer.parseInt(facts[1]),
                    Boolean.parseBoolean(facts[3]), fields);
        } catch (IllegalArgumentException | IndexOutOfBoundsException damaged) {
            throw new IOException(TABLE + " is damaged: " + damaged.getMessage(), damaged);
        }
    }

    private static ReceptiveField box(String text) {
        String[] numbers = text.split(" ");
        return new ReceptiveField(Integer.parseInt(numbers[0]), Integer.parseInt(numbers[1]), Integer.parseInt(numbers[2]),
                Integer.parseInt(numbers[3]));
    }
}
