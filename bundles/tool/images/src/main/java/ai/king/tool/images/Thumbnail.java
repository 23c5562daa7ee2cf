/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.tool.images;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * A picture with a small copy of it.
 *
 * @param small JPEG, at most 256 points wide and high
 */
record Thumbnail(int width, int height, byte[] small) {

    private static final int EDGE = 256;
    private static final long MOST_POINTS = 20_000_000;

    /** Reads the size before the picture; throws when it is none or too large. */
    static Thumbnail of(byte[] picture) throws IOException {
        try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(picture))) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
            if (!readers.hasNext()) {
                throw new IOException("it is no picture");
            }
            ImageReader reader = readers.next();
            try {
                reader.setInput(in);
                int width = reader.getWidth(0);
                int height = reader.getHeight(0);
                if ((long) width * height > MOST_POINTS) {
                    throw new IOException("the picture is too large: " + width + " x " + height);
                }
                return new Thumbnail(width, height, jpeg(reader.read(0)));
            } finally {
                reader.dispose();
            }
        }
    }

    private static byte[] jpeg(BufferedImage picture) throws IOException {
        double scale = Math.min(1, (double) EDGE / Math.max(picture.getWidth(), picture.getHeight()));
        int width = Math.max(1, (int) Math.round(picture.getWidth() * scale));
        int height = Math.max(1, (int) Math.round(picture.getHeight() * scale));
        BufferedImage small = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = small.createGraphics();
        try {
            graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
            graphics.drawImage(picture, 0, 0, width, height, java.awt.Color.WHITE, null);
        } finally {
            graphics.dispose();
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        if (!ImageIO.write(small, "jpeg", out)) {
            throw new IOException("this runtime writes no JPEG");
        }
        return out.toByteArray();
    }
}
