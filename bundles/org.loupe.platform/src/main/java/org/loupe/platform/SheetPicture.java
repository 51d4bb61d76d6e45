package org.loupe.platform;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.Map;
import org.loupe.core.Batch;
import org.loupe.core.image.Png;
import org.loupe.core.page.Sheet;
import org.loupe.core.page.Sheet.Box;
import org.loupe.core.page.Sheet.Mark;
import org.loupe.core.page.Sheet.Picture;
import org.loupe.core.page.Sheet.Stroke;
import org.loupe.core.page.Sheet.Text;

/** Draws a sheet as pixels, without a display. */
public final class SheetPicture {

    private static final double PIXELS_PER_POINT = 96 / 72.0;

    private SheetPicture() {
    }

    /**
     * The content of a PNG file.
     *
     * @param zoom 1 for 96 pixels to the inch, 2 for twice that
     */
    public static byte[] png(Sheet sheet, double zoom) {
        return Png.write(pixels(sheet, zoom), 0, Map.of("Title", sheet.title(), "Recipe", sheet.recipe()));
    }

    /** One picture, colours from 0 to 1. */
    public static Batch pixels(Sheet sheet, double zoom) {
        double scale = zoom * PIXELS_PER_POINT;
        BufferedImage image = new BufferedImage((int) Math.ceil(sheet.width() * scale),
                (int) Math.ceil(sheet.height() * scale), BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        graphics.scale(scale, scale);
        sheet.marks().forEach(mark -> draw(graphics, mark));
        graphics.dispose();
        Batch pixels = Batch.zeros(1, 3, image.getHeight(), image.getWidth());
        for (int row = 0; row < pixels.rows(); row++) {
            for (int column = 0; column < pixels.columns(); column++) {
                int colour = image.getRGB(column, row);
                for (int channel = 0; channel < 3; channel++) {
                    pixels.values()[pixels.index(0, channel, row, column)] = (colour >> 16 - 8 * channel & 255) / 255f;
                }
            }
        }
        return pixels;
    }

    private static void draw(Graphics2D graphics, Mark mark) {
        if (mark instanceof Text text) {
            graphics.setColor(new Color(text.colour()));
            graphics.setFont(new Font(Font.SANS_SERIF, text.bold() ? Font.BOLD : Font.PLAIN, 1)
                    .deriveFont((float) text.size()));
            double width = graphics.getFontMetrics().getStringBounds(text.text(), graphics).getWidth();
            // Fonts at hand may be wider than the one that the sheet was laid out for.
            double narrowed = Math.min(1, Sheet.width(text) / Math.max(width, 1e-9));
            AffineTransform before = graphics.getTransform();
            graphics.translate(text.left() - text.share() * width * narrowed, text.baseline());
            graphics.scale(narrowed, 1);
            graphics.drawString(text.text(), 0, 0);
            graphics.setTransform(before);
        } else if (mark instanceof Box box) {
            graphics.setColor(new Color(box.colour()));
            graphics.fill(new Rectangle2D.Double(box.left(), box.top(), box.width(), box.height()));
        } else if (mark instanceof Stroke stroke) {
            Path2D path = new Path2D.Double();
            for (int i = 0; i < stroke.points().length; i += 2) {
                if (i == 0) {
                    path.moveTo(stroke.points()[0], stroke.points()[1]);
                } else {
                    path.lineTo(stroke.points()[i], stroke.points()[i + 1]);
                }
            }
            if (stroke.closed()) {
                path.closePath();
            }
            graphics.setColor(new Color(stroke.colour()));
            graphics.setStroke(new BasicStroke((float) stroke.width(), BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND));
            graphics.draw(path);
        } else if (mark instanceof Picture picture) {
            draw(graphics, picture);
        }
    }

    private static void draw(Graphics2D graphics, Picture picture) {
        Batch pixels = picture.pixels();
        BufferedImage image = new BufferedImage(pixels.columns(), pixels.rows(), BufferedImage.TYPE_INT_RGB);
        for (int row = 0; row < pixels.rows(); row++) {
            for (int column = 0; column < pixels.columns(); column++) {
                int colour = 0;
                for (int channel = 0; channel < 3; channel++) {
                    float value = pixels.at(0, pixels.channels() < 3 ? 0 : channel, row, column);
                    colour = colour << 8 | Math.max(0, Math.min(255, Math.round(255 * value)));
                }
                image.setRGB(column, row, colour);
            }
        }
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, picture.sharp()
                ? RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR : RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        AffineTransform place = AffineTransform.getTranslateInstance(picture.left(), picture.top());
        place.scale(picture.width() / pixels.columns(), picture.height() / pixels.rows());
        graphics.drawImage(image, place, null);
    }
}
