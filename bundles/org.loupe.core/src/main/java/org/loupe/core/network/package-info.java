/** Networks as immutable graphs of operations, and their file format. How they are run is the engines' affair. */
package org.loupe.core.network;
