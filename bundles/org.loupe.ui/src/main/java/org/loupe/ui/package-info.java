/** What the views of the workbench share: how they meet, and by which names they are known. */
package org.loupe.ui;
