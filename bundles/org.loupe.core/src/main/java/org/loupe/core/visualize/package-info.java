/** Feature visualization: pictures made by optimising the input for an objective. */
package org.loupe.core.visualize;
