/** Scores to maximise: functions of activations that carry their own gradient, composed by addition and weights. */
package org.loupe.core.objective;
