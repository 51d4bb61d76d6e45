/** Eclipse without a display: what plug-ins contribute, an open study with its engines, and background jobs. */
package org.loupe.platform;
