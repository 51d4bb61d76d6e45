/** Reads frozen graphs of TensorFlow. */
package org.loupe.formats.tensorflow;
