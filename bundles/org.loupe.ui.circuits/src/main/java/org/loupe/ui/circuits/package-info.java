/** The circuit graph in the workbench. */
package org.loupe.ui.circuits;
