/** The section of the Unit view that takes a unit apart. */
package org.loupe.ui.facets;
