/** The nouns that everything else is said in: units, batches of arrays, analyses, recipes, progress. */
package org.loupe.core;
