/** Training of networks: what to learn from, by which plan, and who can do it. */
package org.loupe.core.train;
