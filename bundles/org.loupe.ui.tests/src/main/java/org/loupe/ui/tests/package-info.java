/** Tests of the workbench as it stands in its window. */
package org.loupe.ui.tests;
