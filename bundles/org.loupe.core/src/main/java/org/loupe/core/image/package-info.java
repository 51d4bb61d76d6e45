/** Pictures as numbers that can be optimised, and what is done to them before a network sees them. */
package org.loupe.core.image;
