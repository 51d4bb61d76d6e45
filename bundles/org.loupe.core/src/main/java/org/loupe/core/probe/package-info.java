/** What a network sees in one picture: which channels fire where, and what a class or a unit owes them. */
package org.loupe.core.probe;
