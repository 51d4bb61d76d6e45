package org.loupe.core;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Describes one argument of an {@link Analysis}: a component of its record of arguments. Forms, command-line
 * options and recipes are made from it.
 *
 * <p>The component's type is one of {@code int}, {@code long}, {@code double}, {@code boolean}, {@code String},
 * an enum, or {@code List<String>}; the last is given by position on the command line.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Argument {

    /** What a person reads beside the field, such as “Steps”. */
    String label();

    /** One sentence: what it does, its unit and its range. */
    String help();

    /** The value where none is given, as text; empty where one must be given. */
    String standard() default "";

    /** Name of its command-line option, such as “class”, where it differs from the component's name. */
    String option() default "";

    /** The least number that is allowed. */
    double least() default Double.NEGATIVE_INFINITY;

    /** The greatest number that is allowed. */
    double greatest() default Double.POSITIVE_INFINITY;
}
