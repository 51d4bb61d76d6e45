/** Pictures that networks are shown: sets of them with labels, and how a picture is fitted to what a network wants. */
package org.loupe.core.picture;
