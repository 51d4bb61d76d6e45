/** Parts that every view is made of: pictures, curves and messages that take their colours from the theme. */
package org.loupe.ui.widgets;
