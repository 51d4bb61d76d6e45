/** Reads networks from ONNX files into Loupe's own graph of operations. */
package org.loupe.formats.onnx;
