/** Sparse autoencoders (“dictionaries”): directions in a layer's activations that are cleaner than its channels. */
package org.loupe.core.dictionary;
