/** What the pictures of a set say of a unit: examples, spectrum, classes, distribution, and what a person says of them. */
package org.loupe.ui.examples;
