/** A circuit as a person draws it: grown, shrunk, pinned, hidden, grouped, filtered, laid out and written down. */
package org.loupe.core.circuit.graph;
