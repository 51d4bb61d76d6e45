/** Draws circuits with Draw2d. */
package org.loupe.ui.circuits.draw2d;
