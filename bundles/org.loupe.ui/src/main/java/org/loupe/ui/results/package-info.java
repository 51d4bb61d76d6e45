/**
 * How results are shown: pages by the type of the result, and sections of the Unit view, contributed through the
 * extension points {@code org.loupe.ui.resultPages} and {@code org.loupe.ui.unitSections}, and what all of them share.
 */
package org.loupe.ui.results;
