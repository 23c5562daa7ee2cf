/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.agents.reading;

import ai.king.business.Reading;
import java.io.IOException;
import java.util.List;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.contentstream.operator.Operator;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.io.MemoryUsageSetting;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException;
import org.apache.pdfbox.pdmodel.font.FontMappers;
import org.apache.pdfbox.text.PDFTextStripper;

/** The text of a PDF, page by page. */
final class PdfText {

    static {
        // PDFBox would otherwise search the machine's fonts and write a cache into the home folder.
        FontMappers.set(new OneFont());
    }

    private PdfText() {}

    static Reading of(byte[] bytes, Bounds bounds) throws IOException {
        PdfPackings.check(bytes, bounds);
        MemoryUsageSetting memory = MemoryUsageSetting.setupMainMemoryOnly(bounds.unpacked());
        try (PDDocument document = Loader.loadPDF(bytes, "", null, null, memory.streamCache)) {
            if (document.isEncrypted()) {
                throw new Unread("it is encrypted");
            }
            int pages = document.getNumberOfPages();
            if (pages > bounds.pages()) {
                throw new Unread("it has more than " + bounds.pages() + " pages");
            }
            StringBuilder text = new StringBuilder();
            for (int page = 1; page <= pages; page++) {
                bounds.going();
                PDFTextStripper stripper = new Stripper(bounds);
                stripper.setStartPage(page);
                stripper.setEndPage(page);
                text.append(stripper.getText(document)).append("\n\n");
                bounds.text(text.length());
            }
            String visible = Visible.of(text.toString());
            if (visible.isEmpty()) {
                throw new Unread("it holds no text, only pictures of it");
            }
            return new Reading.Text(visible, pages);
        } catch (InvalidPasswordException e) {
            throw new Unread("it is encrypted");
        }
    }

    /** Looks at the bounds at each operator: one page can hold work for hours. */
    private static final class Stripper extends PDFTextStripper {
        private final Bounds bounds;
        private long letters;

        Stripper(Bounds bounds) {
            this.bounds = bounds;
            setSortByPosition(true);
            setAddMoreFormatting(true);
        }

        @Override
        protected void processOperator(Operator operator, List<COSBase> operands) throws IOException {
            bounds.going();
            super.processOperator(operator, operands);
        }

        @Override
        protected void processTextPosition(org.apache.pdfbox.text.TextPosition text) {
            letters += text.getUnicode() == null ? 0 : text.getUnicode().length();
            if (letters <= bounds.characters()) {
                super.processTextPosition(text);
            }
        }
    }
}
