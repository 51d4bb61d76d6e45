/** Pages for papers and reports: what is on them, where it stands, and how it is written as SVG, PDF and HTML. */
package org.loupe.core.page;
