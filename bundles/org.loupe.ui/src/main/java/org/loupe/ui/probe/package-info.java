/** The view in which a person hovers over a picture and sees which channels fire there. */
package org.loupe.ui.probe;
