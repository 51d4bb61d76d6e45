/**
 * How results are shown: pages by the type of the result, contributed through the extension point
 * {@code org.loupe.ui.resultPages}, and what all of them share.
 */
package org.loupe.ui.results;
