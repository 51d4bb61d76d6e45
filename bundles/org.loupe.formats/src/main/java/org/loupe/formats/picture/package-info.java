/** Readers of picture files, and of the folders, lists and archives in which people keep them. */
package org.loupe.formats.picture;
