/** How units answer stimuli that a person controls: tuning curves, and families of units that are tuned alike. */
package org.loupe.core.tuning;
