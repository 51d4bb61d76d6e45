/** What was asked and what is being answered: every analysis has its dialog, every result its page. */
package org.loupe.ui.experiments;
