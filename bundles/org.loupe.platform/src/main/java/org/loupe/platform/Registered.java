package org.loupe.platform;

import java.util.function.Supplier;

/**
 * Something that a plug-in contributes, made when it is first asked for. May be used from several threads.
 *
 * @param <T> what it is
 */
public final class Registered<T> {

    private final String id;
    private final String shortName;
    private final String name;
    private final String description;
    private final String contributor;
    private final Supplier<T> making;
    private T value;

    /**
     * @param id          unique among all plug-ins, such as {@code com.acme.dead}
     * @param shortName   a word for commands and messages, unique among what is registered
     * @param name        for menus, such as “Dead channels”
     * @param description one sentence, or an empty text
     * @param contributor name of the plug-in
     * @param making      makes the value; asked once
     */
    public Registered(String id, String shortName, String name, String description, String contributor,
            Supplier<T> making) {
        this.id = id;
        this.shortName = shortName;
        this.name = name;
        this.description = description;
        this.contributor = contributor;
        this.making = making;
    }

    /** Unique among all plug-ins, such as {@code com.acme.dead}; what recipes name. */
    public String id() {
        return id;
    }

    /** A word for commands and messages, unique among what is registered at the same point. */
    public String shortName() {
        return shortName;
    }

    /** For menus, such as “Dead channels”. */
    public String name() {
        return name;
    }

    /** One sentence, or an empty text. */
    public String description() {
        return description;
    }

    /** Name of the plug-in that contributes it. */
    public String contributor() {
        return contributor;
    }

    /**
     * The contributed object, always the same one.
     *
     * @throws BrokenExtensionException when the plug-in cannot make it
     */
    public synchronized T value() {
        if (value == null) {
            value = making.get();
        }
        return value;
    }

    /** The id. */
    @Override
    public String toString() {
        return id;
    }
}
