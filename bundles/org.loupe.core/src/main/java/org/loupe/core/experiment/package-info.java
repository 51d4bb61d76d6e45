/** Experiments on a network: what happens when a part of it is taken away. */
package org.loupe.core.experiment;
