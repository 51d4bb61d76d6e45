/** Everything that Loupe can do, as commands of a shell, without a display. */
package org.loupe.cli;
