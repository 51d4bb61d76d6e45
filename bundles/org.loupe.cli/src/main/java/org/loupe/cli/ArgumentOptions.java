package org.loupe.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.loupe.core.Arguments;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** The options of a command, made from a record of arguments. */
final class ArgumentOptions {

    private final List<Arguments.Field> fields;

    ArgumentOptions(Class<? extends Record> arguments) {
        this.fields = Arguments.fields(arguments);
    }

    /** The argument that is given by position, or {@code null} where all have options. */
    Arguments.Field list() {
        return fields.stream().filter(Arguments.Field::isList).findFirst().orElse(null);
    }

    /** Adds an option for each argument that is not given by position. */
    void addTo(CommandSpec command) {
        for (Arguments.Field field : fields) {
            if (field != list()) {
                command.addOption(option(field));
            }
        }
    }

    private static OptionSpec option(Arguments.Field field) {
        OptionSpec.Builder option = OptionSpec.builder(name(field));
        if (field.type() == boolean.class) {
            return option.type(Boolean.class).arity("0").negatable(field.standard().equals("true"))
                    .description(escaped(field.about().help())).build();
        }
        String label = !field.choices().isEmpty() ? String.join("|", field.choices())
                : field.type() == String.class || field.isList() ? "<text>" : "<number>";
        String standard = field.standard().isEmpty() ? "" : " Standard: " + field.standard() + ".";
        if (field.isList()) {
            return option.type(List.class).auxiliaryTypes(String.class).arity("1").paramLabel(label)
                    .description(escaped(field.about().help() + standard + " May be repeated.")).build();
        }
        return option.type(String.class).paramLabel(label).description(escaped(field.about().help() + standard)).build();
    }

    /** The arguments that were given, as text, by the names of their components. */
    Map<String, String> given(ParseResult parsed, List<String> items) {
        Map<String, String> given = new LinkedHashMap<>();
        for (Arguments.Field field : fields) {
            Object value = field == list() ? null : parsed.matchedOptionValue(name(field), null);
            if (value instanceof List<?> several) {
                given.put(field.name(), several.stream().map(String::valueOf).collect(Collectors.joining("\n")));
            } else if (value != null) {
                given.put(field.name(), value.toString());
            }
        }
        if (list() != null && !items.isEmpty()) {
            given.put(list().name(), String.join("\n", items));
        }
        return given;
    }

    /** The words that a person would type to give these arguments; what is standard is left out. */
    List<String> typed(Record arguments) {
        List<String> words = new ArrayList<>();
        Map<String, String> texts = Arguments.text(arguments);
        for (Arguments.Field field : fields) {
            String text = texts.get(field.name());
            if (field == list()) {
                // What begins with a minus sign would be taken for an option.
                text.lines().map(item -> quoted(item.startsWith("-") ? " " + item : item)).forEach(words::add);
            } else if (!text.equals(field.standard()) && field.type() == boolean.class) {
                words.add((text.equals("true") ? "--" : "--no-") + name(field).substring(2));
            } else if (!text.equals(field.standard()) && field.isList()) {
                text.lines().forEach(line -> words.addAll(List.of(name(field), quoted(line))));
            } else if (!text.equals(field.standard())) {
                words.add(name(field));
                words.add(quoted(text));
            }
        }
        return words;
    }

    private static String name(Arguments.Field field) {
        return "--" + (field.about().option().isEmpty() ? hyphened(field.name()) : field.about().option());
    }

    /** {@code learningRate} as {@code learning-rate}. */
    private static String hyphened(String name) {
        return name.replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
    }

    private static String quoted(String word) {
        return word.matches("[\\w:@,./-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }

    /** Percent signs and references to variables mean something to picocli. */
    private static String escaped(String text) {
        return text.replace("%", "%%").replace("${", "$${");
    }
}
