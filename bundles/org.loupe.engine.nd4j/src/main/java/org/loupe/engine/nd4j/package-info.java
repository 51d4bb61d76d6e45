/** The portable engine: ND4J's own operations and their backward twins, one by one; and the trainer. */
package org.loupe.engine.nd4j;
