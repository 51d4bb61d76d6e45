/** What every channel of a network answers to the pictures of a set, found in one pass and kept on disk. */
package org.loupe.core.scan;
