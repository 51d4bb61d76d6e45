/** The view of a layer: a wall of what its channels are excited by. */
package org.loupe.ui.wall;
