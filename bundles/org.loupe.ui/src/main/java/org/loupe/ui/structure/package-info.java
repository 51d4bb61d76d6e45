/** The view that draws what a network is made of. */
package org.loupe.ui.structure;
