/** Reads weights in safetensors files onto architectures that are known. */
package org.loupe.formats.safetensors;
