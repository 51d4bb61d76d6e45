/** Sums of few parts, groups of like things, and which thing of one list belongs to which of another. */
package org.loupe.core.factor;
