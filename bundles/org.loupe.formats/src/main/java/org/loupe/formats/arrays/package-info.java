/** What the readers of TensorFlow's and Keras's files share: arrays whose dimensions come in a file's own order. */
package org.loupe.formats.arrays;
