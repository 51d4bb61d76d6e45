/** The bundled network that was trained on drawn pictures, and how to train it again. */
package org.loupe.demo.network;
