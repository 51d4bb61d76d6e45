/** Whether a network computes here what it should. */
package org.loupe.core.check;
