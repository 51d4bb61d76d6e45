/** What people have written about the units of a network: labels, families and notes, and how that is kept as text. */
package org.loupe.core.annotation;
