/** Pictures that are made in the background, those in sight first. */
package org.loupe.ui.jobs;
