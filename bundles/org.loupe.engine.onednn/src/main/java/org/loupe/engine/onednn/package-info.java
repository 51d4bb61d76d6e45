/** Runs networks with Intel's oneDNN: blocked layouts from end to end, and no gradients but the pictures' own. */
package org.loupe.engine.onednn;
