/** A network as a drawing: its layers as boxes, what reads what as lines, blocks that fold. */
package org.loupe.core.structure;
