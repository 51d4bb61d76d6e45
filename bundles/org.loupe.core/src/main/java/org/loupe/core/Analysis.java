package org.loupe.core;

import java.io.IOException;
import org.loupe.core.engine.Session;

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

    /**
     * Answers the question. The same session, arguments and engine give the same bytes.
     *
     * @param observer is told of progress and shown what there is so far; when it wants no more, the work stops
     *                 within one step and returns a partial result
     * @throws IllegalArgumentException when the arguments make no sense for this network; the message is for the user
     */
    R run(Session session, A arguments, Observer<? super R> observer);

    /**
     * Reads back what {@link Result#save} has written.
     *
     * @throws IOException when something is missing or damaged
     */
    R load(ResultFiles files) throws IOException;
}
