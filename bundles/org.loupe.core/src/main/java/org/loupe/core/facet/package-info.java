/** Whether a unit is one thing or several, and each of them. */
package org.loupe.core.facet;
