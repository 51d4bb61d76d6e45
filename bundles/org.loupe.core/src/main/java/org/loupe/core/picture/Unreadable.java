package org.loupe.core.picture;

/**
 * Something that should be a picture and cannot be read.
 *
 * @param name   of the picture or file
 * @param reason for a person, such as {@code It is cut off.}
 */
public record Unreadable(String name, String reason) {
}
