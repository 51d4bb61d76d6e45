/** Drawn pictures of 17 classes with their ground truth: the same seed gives the same picture on every machine. */
package org.loupe.demo.pictures;
