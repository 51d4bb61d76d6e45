/** Draws circuits with Zest. */
package org.loupe.ui.circuits.zest;
