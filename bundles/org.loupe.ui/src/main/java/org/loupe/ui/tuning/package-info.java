/** The Tuning view: stimuli that a person turns, and what the units of a layer answer. */
package org.loupe.ui.tuning;
