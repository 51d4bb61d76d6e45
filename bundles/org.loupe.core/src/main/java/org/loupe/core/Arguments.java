package org.loupe.core;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.loupe.core.network.Spelling;

/**
 * Records of arguments as text and back, for recipes, forms and commands.
 *
 * <p>Enum constants are written in lower case with hyphens and read in any case; the items of a list are joined by
 * line breaks. Nothing but the text is needed to make the record again.
 */
public final class Arguments {

    private Arguments() {
    }

    /**
     * One argument of an analysis.
     *
     * @param name  name of the record's component
     * @param type  {@code int}, {@code long}, {@code double}, {@code boolean}, {@link String}, an enum, or {@link List}
     * @param about what a person must know about it
     */
    public record Field(String name, Class<?> type, Argument about) {

        /** Whether it is a {@code List<String>}. */
        public boolean isList() {
            return type == List.class;
        }

        /** Whether a value must be given. */
        public boolean isRequired() {
            return about.standard().isEmpty() && type != String.class && type != boolean.class;
        }

        /** What may be written, where only a few words may: the constants of an enum. Otherwise empty. */
        public List<String> choices() {
            return type.isEnum() ? Arrays.stream(type.getEnumConstants()).map(Arguments::text).toList() : List.of();
        }

        /** The value where none is given, spelled as {@link Arguments#text(Record)} spells it; may be empty. */
        public String standard() {
            return about.standard().isEmpty() ? "" : text(value(about.standard()));
        }

        /**
         * Reads a value as a person writes it.
         *
         * @throws IllegalArgumentException naming what may be written instead
         */
        public Object value(String text) {
            if (type == String.class) {
                return text;
            }
            if (isList()) {
                return items(text);
            }
            if (type == boolean.class) {
                return truth(text);
            }
            return type.isEnum() ? constant(text) : number(text);
        }

        private List<String> items(String text) {
            List<String> items = text.lines().map(String::strip).filter(item -> !item.isEmpty()).toList();
            if (items.isEmpty()) {
                throw new IllegalArgumentException(about.label() + ": none is given. " + about.help());
            }
            return items;
        }

        private boolean truth(String text) {
            return switch (text.strip().toLowerCase(Locale.ROOT)) {
                case "true", "yes" -> true;
                case "false", "no", "" -> false;
                default -> throw refused(text, "Write true or false.");
            };
        }

        private Object constant(String text) {
            for (Object constant : type.getEnumConstants()) {
                if (text(constant).equals(text.strip().toLowerCase(Locale.ROOT).replace('_', '-'))) {
                    return constant;
                }
            }
            throw refused(text, Spelling.suggestion(text, choices()));
        }

        private Object number(String text) {
            try {
                double number = Double.parseDouble(text.strip());
                if (!(number >= about.least() && number <= about.greatest())) {
                    throw refused(text, range());
                }
                if (type == int.class) {
                    return Integer.valueOf(text.strip());
                }
                return type == long.class ? (Object) Long.valueOf(text.strip()) : (Object) number;
            } catch (NumberFormatException notOne) {
                throw refused(text, (type == double.class ? "Write a number" : "Write a whole number") + ", "
                        + range().replaceFirst("^A", "a"));
            }
        }

        /** What numbers are allowed, as a sentence. */
        private String range() {
            boolean below = about.least() == Double.NEGATIVE_INFINITY;
            boolean above = about.greatest() == Double.POSITIVE_INFINITY;
            if (below && above) {
                return "Any is allowed.";
            }
            return below ? "At most " + text(about.greatest()) + " is allowed."
                    : above ? "At least " + text(about.least()) + " is allowed."
                    : "Anything from " + text(about.least()) + " to " + text(about.greatest()) + " is allowed.";
        }

        private IllegalArgumentException refused(String text, String instead) {
            return new IllegalArgumentException(about.label() + " cannot be “" + text.strip() + "”. " + instead);
        }
    }

    /**
     * The arguments of a record, in its order.
     *
     * @throws IllegalArgumentException when a component has no {@link Argument} or a type that cannot be one
     */
    public static List<Field> fields(Class<? extends Record> arguments) {
        return Arrays.stream(arguments.getRecordComponents()).map(component -> field(arguments, component)).toList();
    }

    private static Field field(Class<?> arguments, RecordComponent component) {
        Argument about = component.getAnnotation(Argument.class);
        Class<?> type = component.getType();
        boolean known = type == int.class || type == long.class || type == double.class || type == boolean.class
                || type == String.class || type.isEnum()
                || component.getGenericType().getTypeName().equals("java.util.List<java.lang.String>");
        if (about == null || !known) {
            throw new IllegalArgumentException("The argument " + component.getName() + " of " + arguments.getName()
                    + (about == null ? " has no @Argument" : " cannot have the type " + type.getSimpleName()));
        }
        return new Field(component.getName(), type, about);
    }

    /** Every argument as text, by name; the same values always give the same text. */
    public static SortedMap<String, String> text(Record arguments) {
        SortedMap<String, String> texts = new TreeMap<>();
        for (RecordComponent component : arguments.getClass().getRecordComponents()) {
            try {
                component.getAccessor().setAccessible(true);
                texts.put(component.getName(), text(component.getAccessor().invoke(arguments)));
            } catch (ReflectiveOperationException impossible) {
                throw new AssertionError("A record did not give its " + component.getName(), impossible);
            }
        }
        return texts;
    }

    /**
     * Makes the record from text.
     *
     * @param texts by name; what is missing gets its standard value
     * @throws IllegalArgumentException when a value is not allowed or missing, or there is no argument of a name; the
     *                                  message is for the user
     */
    public static <A extends Record> A record(Class<A> arguments, Map<String, String> texts) {
        List<Field> fields = fields(arguments);
        List<String> names = fields.stream().map(Field::name).toList();
        for (String name : texts.keySet()) {
            if (!names.contains(name)) {
                throw new IllegalArgumentException("There is no argument " + name + ". "
                        + Spelling.suggestion(name, names));
            }
        }
        Object[] values = fields.stream().map(field -> value(field, texts)).toArray();
        try {
            Class<?>[] types = fields.stream().map(Field::type).toArray(Class<?>[]::new);
            Constructor<A> constructor = arguments.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (InvocationTargetException refused) {
            throw refused.getCause() instanceof RuntimeException problem ? problem
                    : new IllegalArgumentException(refused.getCause());
        } catch (ReflectiveOperationException impossible) {
            throw new AssertionError("Every record has its canonical constructor", impossible);
        }
    }

    private static Object value(Field field, Map<String, String> texts) {
        String text = texts.get(field.name());
        if (text == null && field.isRequired()) {
            throw new IllegalArgumentException(field.about().label() + ": none is given. " + field.about().help());
        }
        return field.value(text == null ? field.about().standard() : text);
    }

    private static String text(Object value) {
        if (value instanceof List<?> items) {
            return items.stream().map(String::valueOf).collect(Collectors.joining("\n"));
        }
        if (value instanceof Enum<?> constant) {
            return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
        if (value instanceof Double number && number == Math.rint(number) && Math.abs(number) < 1e15) {
            return Long.toString(number.longValue());
        }
        return String.valueOf(value);
    }
}
