/** What a person writes about units: labels, families and notes, all of which can be undone. */
package org.loupe.ui.labels;
