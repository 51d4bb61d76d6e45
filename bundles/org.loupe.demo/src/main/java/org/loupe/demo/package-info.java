/** Networks that come with Loupe. */
package org.loupe.demo;
