package org.loupe.formats.picture;

import com.twelvemonkeys.imageio.plugins.jpeg.JPEGImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.webp.WebPImageReaderSpi;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageReader;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.spi.ServiceRegistry;

/**
 * What decodes each format: the JDK, and TwelveMonkeys for WebP and for the JPEG files that the JDK refuses. Always
 * these, whatever else is installed in the process, and without installing anything there.
 */
final class Codecs {

    private final Map<Format, ImageReaderSpi> providers = new EnumMap<>(Format.class);

    Codecs() {
        Iterator<ImageReaderSpi> installed =
                IIORegistry.getDefaultInstance().getServiceProviders(ImageReaderSpi.class, false);
        while (installed.hasNext()) {
            ImageReaderSpi provider = installed.next();
            if (provider.getClass().getModule() == BufferedImage.class.getModule()) {
                for (Format format : Format.values()) {
                    if (List.of(provider.getFormatNames()).contains(format.name())) {
                        providers.put(format, provider);
                    }
                }
            }
        }
        providers.put(Format.WEBP, new WebPImageReaderSpi());
        providers.put(Format.JPEG, jpeg(providers.get(Format.JPEG)));
    }

    /** TwelveMonkeys finds the JDK's decoder, which it builds on, in the registry that it is put into. */
    private static ImageReaderSpi jpeg(ImageReaderSpi ofJdk) {
        ServiceRegistry registry = new ServiceRegistry(List.<Class<?>>of(ImageReaderSpi.class).iterator());
        registry.registerServiceProvider(ofJdk, ImageReaderSpi.class);
        JPEGImageReaderSpi provider = new JPEGImageReaderSpi();
        registry.registerServiceProvider(provider, ImageReaderSpi.class);
        return provider;
    }

    /** A new decoder, for one thread. */
    ImageReader reader(Format format) throws IOException {
        return providers.get(format).createReaderInstance();
    }
}
