/**
 * Networks whose wiring was written by hand, so that it is known which unit is built from which: what explanations
 * of circuits can be tested on.
 */
package org.loupe.demo.planted;
