/** Networks that Deeplearning4j's {@code ModelSerializer} wrote, read without Deeplearning4j. */
package org.loupe.formats.dl4j;
