package org.loupe.core.stimulus;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.loupe.core.network.Spelling;

/**
 * A value for each parameter of a family of stimuli. Immutable.
 *
 * @param values by name of the parameter
 */
public record Setting(Map<String, Double> values) {

    public Setting {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /** The standard value of each parameter. */
    public static Setting standard(Collection<Parameter> parameters) {
        Map<String, Double> values = new LinkedHashMap<>();
        parameters.forEach(parameter -> values.put(parameter.name(), parameter.standard()));
        return new Setting(values);
    }

    /**
     * Reads values as a person writes them: {@code radius=14 width=3.5}, with spaces, commas or line breaks between.
     * What is not written has its standard value.
     *
     * @throws IllegalArgumentException naming what may be written instead
     */
    public static Setting parse(String text, List<Parameter> parameters) {
        Setting setting = standard(parameters);
        for (String word : text.strip().split("[\\s,;]+")) {
            if (word.isEmpty()) {
                continue;
            }
            int equals = word.indexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException("“" + word + "” is no setting. Write name=value, such as "
                        + parameters.get(0).name() + "=" + text(parameters.get(0).standard()) + ".");
            }
            Parameter parameter = named(word.substring(0, equals), parameters);
            setting = setting.with(parameter, number(word.substring(equals + 1), parameter));
        }
        return setting;
    }

    /**
     * The parameter of a name.
     *
     * @throws IllegalArgumentException naming what was probably meant
     */
    public static Parameter named(String name, List<Parameter> parameters) {
        return parameters.stream().filter(parameter -> parameter.name().equals(name)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("This stimulus has no " + name + ". "
                        + Spelling.suggestion(name, parameters.stream().map(Parameter::name).toList())));
    }

    static double number(String text, Parameter parameter) {
        try {
            return Double.parseDouble(text.strip());
        } catch (NumberFormatException none) {
            throw new IllegalArgumentException(parameter.name() + " cannot be “" + text + "”; write a number from "
                    + text(parameter.least()) + " to " + text(parameter.greatest()) + ".", none);
        }
    }

    /**
     * The value of a parameter.
     *
     * @throws IllegalArgumentException when there is none of that name
     */
    public double of(String name) {
        Double value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("There is no parameter " + name + ", only " + values.keySet());
        }
        return value;
    }

    /**
     * The same with another value for one parameter.
     *
     * @throws IllegalArgumentException when the value is not allowed
     */
    public Setting with(Parameter parameter, double value) {
        Map<String, Double> changed = new LinkedHashMap<>(values);
        changed.put(parameter.name(), parameter.checked(value));
        return new Setting(changed);
    }

    /** A number without superfluous digits. */
    public static String text(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15 ? Long.toString((long) value)
                : Double.toString(Math.round(value * 1e6) / 1e6);
    }

    /** The spelling that {@link #parse} reads. */
    @Override
    public String toString() {
        return values.entrySet().stream().map(entry -> entry.getKey() + "=" + text(entry.getValue()))
                .collect(Collectors.joining(" "));
    }
}
