/** Edits of a network, one upon the other, and the networks that are made of them. */
package org.loupe.ui.edits;
