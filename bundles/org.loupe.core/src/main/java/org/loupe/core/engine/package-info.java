/** What runs networks: the small interface that every engine implements. */
package org.loupe.core.engine;
