/** Reads models that Keras 2 and 3 have saved. */
package org.loupe.formats.keras;
