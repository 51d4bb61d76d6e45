/** The view that shows what each ingredient of a unit's picture buys. */
package org.loupe.ui.ingredients;
