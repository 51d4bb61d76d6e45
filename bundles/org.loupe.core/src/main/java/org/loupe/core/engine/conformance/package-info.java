/** What every engine must get right: named cases with numbers of 64 bits to hold it against. */
package org.loupe.core.engine.conformance;
