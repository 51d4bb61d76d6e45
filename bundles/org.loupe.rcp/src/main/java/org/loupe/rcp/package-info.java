/** The product: its window, its menus, and what a person meets before and around the views. */
package org.loupe.rcp;
