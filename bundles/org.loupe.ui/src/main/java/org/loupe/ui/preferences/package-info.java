/** What a person can choose once for all. */
package org.loupe.ui.preferences;
