/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.agents.reading;

import ai.king.business.Reading;
import ai.king.business.Readings;
import java.io.IOException;
import java.util.concurrent.Semaphore;
import org.osgi.service.component.annotations.Component;

/** PDF, DOCX, HTML and CSV. One document at a time: a hundred uploads together cost what one may. */
@Component(service = Readings.class)
public final class DocumentReadings implements Readings {

    static final String DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

    private final Semaphore turn = new Semaphore(1, true);

    @Override
    public Reading read(String mediaType, byte[] bytes) {
        try {
            turn.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Reading.Unreadable("reading it was interrupted");
        }
        try {
            return read(mediaType, bytes, Bounds.usual());
        } finally {
            turn.release();
        }
    }

    static Reading read(String mediaType, byte[] bytes, Bounds bounds) {
        try {
            return switch (mediaType) {
                case "application/pdf" -> PdfText.of(bytes, bounds);
                case DOCX -> DocxText.of(bytes, bounds);
                case "text/html", "application/xhtml+xml" -> HtmlText.of(bytes, bounds);
                case "text/csv" -> CsvText.of(bytes, bounds);
                default -> new Reading.Unreadable("documents of the type " + mediaType + " are not read");
            };
        } catch (Unread e) {
            return new Reading.Unreadable(String.valueOf(e.getMessage()));
        } catch (IOException | RuntimeException | StackOverflowError e) {
            // Parsers answer damage with whatever breaks first; the document is at fault, not the platform.
            return new Reading.Unreadable("it is damaged or no " + mediaType + ": "
                    + e.getClass().getSimpleName() + (e.getMessage() == null ? "" : ", " + e.getMessage()));
        }
    }
}
