/** The view that explains one unit. */
package org.loupe.ui.unit;
