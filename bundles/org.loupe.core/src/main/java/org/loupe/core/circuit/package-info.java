/** What units are built from: the connections between layers, ways of finding the ones that matter, and how good these are. */
package org.loupe.core.circuit;
