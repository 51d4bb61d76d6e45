/** Architectures that are known, for files that hold weights alone. */
package org.loupe.formats.architectures;
