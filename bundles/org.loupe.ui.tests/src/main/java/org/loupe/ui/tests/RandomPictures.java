package org.loupe.ui.tests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.ImageData;
import org.eclipse.swt.graphics.ImageLoader;
import org.eclipse.swt.graphics.PaletteData;
import org.loupe.core.Draws;

/** A picture set of noise, as large as the small network's input. */
final class RandomPictures {

    private RandomPictures() {
    }

    /** Fills a folder with random pictures of two classes, and returns its name. */
    static String in(Path folder, int count) throws IOException {
        Draws draws = new Draws(5);
        for (int i = 0; i < count; i++) {
            ImageData data = new ImageData(TinyNetwork.SIDE, TinyNetwork.SIDE, 24, new PaletteData(0xff0000, 0xff00, 0xff));
            for (int pixel = 0; pixel < data.data.length; pixel++) {
                data.data[pixel] = (byte) draws.bits();
            }
            ImageLoader loader = new ImageLoader();
            loader.data = new ImageData[] {data};
            Path label = Files.createDirectories(folder.resolve(i % 2 == 0 ? "even" : "odd"));
            loader.save(label.resolve(i + ".png").toString(), SWT.IMAGE_PNG);
        }
        return folder.toString();
    }
}
