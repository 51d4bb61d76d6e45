/** Synthetic pictures whose every property a person controls: families of stimuli, their parameters, and how they are painted. */
package org.loupe.core.stimulus;
