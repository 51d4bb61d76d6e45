package org.loupe.core;

import java.io.IOException;
import java.util.List;
import org.loupe.core.dictionary.KnownDictionaries;
import org.loupe.core.network.Network;

/**
 * Something a person can ask about a network. Menus, dialogs, commands, history and batch runs are made from this
 * one description, and the built-in analyses are written exactly as another team's would be.
 *
 * @param <A> the arguments: a record whose components carry {@link Argument}
 * @param <R> what is found
 */
public interface Analysis<A extends Record, R extends Result> {

    /** The record of arguments. */
    Class<A> arguments();

    /** Whether it asks about the pictures of a set, which a person then names. */
    default boolean needsPictures() {
        return false;
    }

    /** Whether it asks about one picture, which a person then names; the set that it is given has only this one. */
    default boolean needsOnePicture() {
        return false;
    }

    /** Whether it can make use of the pictures of a set where a person names one. */
    default boolean takesPictures() {
        return needsPictures();
    }

    /** Whether these arguments speak of pictures, so that it cannot do without. */
    default boolean needsPictures(A arguments) {
        return needsPictures();
    }

    /**
     * The questions that are asked one after the other in place of one that is about many things at once, such as all
     * channels of a layer. Each is answered and kept by itself, so that work that was stopped goes on where it was.
     *
     * @return the question itself where it is one
     */
    default List<A> parts(Network network, A arguments) {
        return List.of(arguments);
    }

    /**
     * The question that is meant where arguments leave it to what is known already, such as the newest dictionary of a
     * layer: they name it then, so that a recipe says what was used. It is asked often, so it reads lists and no results.
     */
    default A settled(A arguments, KnownDictionaries dictionaries) {
        return arguments;
    }

    /** Choices of arguments that have a name; the first, if any, is the usual one. */
    default List<Preset> presets() {
        return List.of();
    }

    /**
     * Answers the question. The same material, arguments and engine give the same bytes.
     *
     * @param observer is told of progress and shown what there is so far; when it wants no more, the work stops
     *                 within one step and returns a partial result
     * @throws IllegalArgumentException when the arguments make no sense for this material; the message is for the user
     */
    R run(Material material, A arguments, Observer<? super R> observer);

    /**
     * Reads back what {@link Result#save} has written.
     *
     * @throws IOException when something is missing or damaged
     */
    R load(ResultFiles files) throws IOException;
}
