/** What the readers of all formats share: from operations with a file's names to a network with layers for people. */
package org.loupe.formats.graph;
