/**
 * Changes of a network that make another network: units silenced, scaled or written by hand, weights edited. What comes of
 * it is a network like any other.
 */
package org.loupe.core.surgery;
