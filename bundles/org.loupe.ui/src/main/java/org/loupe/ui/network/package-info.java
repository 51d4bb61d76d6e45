/** The view of networks and their layers, and how networks come into the study. */
package org.loupe.ui.network;
