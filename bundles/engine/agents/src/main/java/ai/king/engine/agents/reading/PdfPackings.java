/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.agents.reading;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/**
 * Looks, before a PDF is opened, at what its packed parts become: the parser unpacks them into memory whole. Every stream of a
 * PDF stands in the open between the words {@code stream} and {@code endstream}; each is unpacked here and thrown away.
 */
final class PdfPackings {

    private static final byte[] STREAM = "stream".getBytes(StandardCharsets.US_ASCII);
    private static final int LEVELS = 3;
    /** These grow a thousandfold, too, and only old, small documents use them. */
    private static final Pattern OLD = Pattern.compile("/(LZW|LZWDecode|RL|RunLengthDecode)\\b");

    private static final int LARGEST_OLD = 256 * 1024;
    /** A filter whose name is written in escapes hides from the look above. */
    private static final Pattern ESCAPED = Pattern.compile("/Filter\\s*\\[?[^\\]>]{0,80}/[A-Za-z]*#");

    private PdfPackings() {}

    static void check(byte[] bytes, Bounds bounds) throws IOException {
        String ascii = new String(bytes, StandardCharsets.ISO_8859_1);
        if (!ascii.startsWith("%PDF-") && ascii.indexOf("%PDF-") > 1024 || !ascii.contains("%PDF-")) {
            throw new Unread("it is no PDF");
        }
        if (bytes.length > LARGEST_OLD && OLD.matcher(ascii).find()
                || ESCAPED.matcher(ascii).find()) {
            throw new Unread("it is packed in a way that is not read");
        }
        long budget = bounds.unpacked() * 2;
        for (int at = next(bytes, 0); at >= 0; at = next(bytes, at)) {
            bounds.going();
            for (int level = 1; level <= LEVELS; level++) {
                long size = size(bytes, at, level, Math.min(budget, bounds.unpacked() / 4), bounds);
                budget -= size;
                if (size == 0) {
                    break;
                }
            }
            if (budget <= 0) {
                throw new Unread("it unpacks to more than " + (bounds.unpacked() >> 19) + " MiB");
            }
        }
    }

    /** The bytes that come out after unpacking so many times; 0 when it is not packed that often. */
    private static long size(byte[] bytes, int at, int level, long limit, Bounds bounds) throws IOException {
        byte[] buffer = new byte[64 * 1024];
        List<Inflater> inflaters = new ArrayList<>();
        long size = 0;
        try {
            InputStream in = new ByteArrayInputStream(bytes, at, bytes.length - at);
            for (int i = 0; i < level; i++) {
                // As the parser does it: whatever stands in the two bytes of the head.
                in.skipNBytes(2);
                inflaters.add(new Inflater(true));
                in = new InflaterInputStream(in, inflaters.get(i));
            }
            for (int got = in.read(buffer); got > 0; got = in.read(buffer)) {
                size += got;
                bounds.going();
                if (size > limit) {
                    throw new Unread("one part of it unpacks to more than " + (limit >> 20) + " MiB");
                }
            }
        } catch (Unread e) {
            throw e;
        } catch (IOException endOfWhatIsPacked) {
            return size;
        } finally {
            inflaters.forEach(Inflater::end);
        }
        return size;
    }

    /** Where the next stream begins, after the word and its line end; -1 when there is none. */
    private static int next(byte[] bytes, int from) {
        for (int i = from; i <= bytes.length - STREAM.length - 1; i++) {
            if (bytes[i] == 's' && matches(bytes, i) && (i < 3 || bytes[i - 1] != 'd')) {
                int at = i + STREAM.length;
                if (bytes[at] == '\r') {
                    at++;
                }
                if (at < bytes.length && bytes[at] == '\n') {
                    at++;
                }
                return at;
            }
        }
        return -1;
    }

    private static boolean matches(byte[] bytes, int at) {
        for (int i = 0; i < STREAM.length; i++) {
            if (bytes[at + i] != STREAM[i]) {
                return false;
            }
        }
        return true;
    }
}
