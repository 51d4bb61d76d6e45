/** What a unit is built from, and what is built from it. */
package org.loupe.ui.weights;
