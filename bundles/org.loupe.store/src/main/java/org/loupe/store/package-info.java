/** Studies on disk: a folder with networks and results, each result with its recipe. */
package org.loupe.store;
