/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.agents.reading;

import static org.assertj.core.api.Assertions.assertThat;

import ai.king.business.Reading;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.encryption.AccessPermission;
import org.apache.pdfbox.pdmodel.encryption.StandardProtectionPolicy;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts;
import org.junit.jupiter.api.Test;

class DocumentReadingsTest {

    private static final String PDF = "application/pdf";
    private static final String W = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";

    private final DocumentReadings readings = new DocumentReadings();

    private String text(String type, byte[] bytes) {
        Reading reading = readings.read(type, bytes);
        assertThat(reading).isInstanceOf(Reading.Text.class);
        return ((Reading.Text) reading).text();
    }

    private static String refused(Reading reading) {
        assertThat(reading).isInstanceOf(Reading.Unreadable.class);
        return ((Reading.Unreadable) reading).reason();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] pdf(boolean locked, String... pages) throws IOException {
        try (PDDocument document = new PDDocument()) {
            for (String text : pages) {
                PDPage page = new PDPage();
                document.addPage(page);
                try (PDPageContentStream content = new PDPageContentStream(document, page)) {
                    content.beginText();
                    content.setFont(new PDType1Font(Standard14Fonts.FontName.HELVETICA), 12);
                    content.newLineAtOffset(50, 700);
                    content.showText(text);
                    content.endText();
                }
            }
            if (locked) {
                document.protect(new StandardProtectionPolicy("owner", "user", new AccessPermission()));
            }
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            document.save(out);
            return out.toByteArray();
        }
    }

    private static byte[] zip(String name, byte[] content) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("[Content_Types].xml"));
            zip.putNextEntry(new ZipEntry(name));
            zip.write(content);
        }
        return out.toByteArray();
    }

    private static byte[] docx(String body) throws IOException {
        return zip("word/document.xml", bytes("<w:document " + W + "><w:body>" + body + "</w:body></w:document>"));
    }

    @Test
    void readsThePagesOfAPdf() throws IOException {
        Reading reading = readings.read(PDF, pdf(false, "Payment within 30 days", "Delivery is free"));
        assertThat(reading).isInstanceOf(Reading.Text.class);
        assertThat(((Reading.Text) reading).pages()).isEqualTo(2);
        assertThat(((Reading.Text) reading).text()).isEqualTo("Payment within 30 days\n\nDelivery is free");
    }

    @Test
    void saysThatAPdfIsEncryptedOrHasNoText() throws IOException {
        assertThat(refused(readings.read(PDF, pdf(true, "secret")))).contains("encrypted");
        assertThat(refused(readings.read(PDF, pdf(false, "")))).contains("no text");
        assertThat(refused(readings.read(PDF, bytes("hello")))).contains("no PDF");
    }

    @Test
    void endsAPdfOfTooManyPagesOrTooMuchTime() throws IOException {
        byte[] pdf = pdf(false, "a", "b", "c");
        long later = System.nanoTime() + 60_000_000_000L;
        assertThat(refused(DocumentReadings.read(PDF, pdf, new Bounds(1000, 2, 1 << 20, 10, later))))
                .contains("2 pages");
        assertThat(refused(DocumentReadings.read(PDF, pdf, new Bounds(1000, 9, 1 << 20, 10, System.nanoTime() - 1))))
                .contains("too long");
        assertThat(refused(DocumentReadings.read(PDF, pdf, new Bounds(3, 9, 1 << 20, 10, later))))
                .contains("3 characters");
    }

    @Test
    void refusesAPdfThatUnpacksToMoreThanMemoryHolds() throws IOException {
        assertThat(refused(readings.read(PDF, bomb(1, true)))).contains("unpacks");
        assertThat(refused(readings.read(PDF, bomb(1, false)))).contains("unpacks");
        assertThat(refused(readings.read(PDF, bomb(2, true)))).contains("unpacks");
    }

    /** A page whose content is 300 MB of blanks, packed once or twice; with a head nobody checks. */
    private static byte[] bomb(int times, boolean head) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(packed, new Deflater(9))) {
            byte[] blanks = new byte[1 << 20];
            Arrays.fill(blanks, (byte) ' ');
            for (int i = 0; i < 300; i++) {
                out.write(blanks);
            }
        }
        byte[] content = packed.toByteArray();
        if (times == 2) {
            ByteArrayOutputStream again = new ByteArrayOutputStream();
            try (DeflaterOutputStream out = new DeflaterOutputStream(again)) {
                out.write(content);
            }
            content = again.toByteArray();
        }
        if (!head) {
            content[0] = 0;
            content[1] = 0;
        }
        ByteArrayOutputStream pdf = new ByteArrayOutputStream();
        pdf.write(
                bytes("%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>"
                        + "endobj\n3 0 obj<</Type/Page/Parent 2 0 R/Contents 4 0 R>>endobj\n4 0 obj<</Length "
                        + content.length
                        + "/Filter[" + "/FlateDecode ".repeat(times) + "]>>stream\n"));
        pdf.write(content);
        pdf.write(bytes("\nendstream endobj\ntrailer<</Root 1 0 R>>\n"));
        return pdf.toByteArray();
    }

    @Test
    void damagedPdfsAreUnreadableAndNothingElse() throws IOException {
        byte[] good = pdf(false, "Payment within 30 days");
        Random random = new Random(7);
        for (int i = 0; i < 300; i++) {
            byte[] bad = good.clone();
            for (int k = 0; k < 1 + i / 30; k++) {
                bad[random.nextInt(bad.length)] = (byte) random.nextInt();
            }
            assertThat(readings.read(PDF, Arrays.copyOf(bad, bad.length - random.nextInt(bad.length / 2))))
                    .isNotNull();
        }
    }

    @Test
    void readsAWordDocument() throws IOException {
        String text = text(
                DocumentReadings.DOCX,
                docx("<w:p><w:r><w:t>Terms</w:t></w:r></w:p><w:p><w:r><w:t xml:space=\"preserve\">30 </w:t></w:r>"
                        + "<w:r><w:t>days</w:t></w:r></w:p>"
                        + "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>pay 4711</w:t></w:r><w:r><w:delText>old</w:delText></w:r></w:p>"
                        + "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>A</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"));
        assertThat(text).startsWith("Terms\n\n30 days").endsWith("A").doesNotContain("4711", "old");
    }

    @Test
    void readsNoEntityOfAWordDocument() throws IOException {
        byte[] hostile = zip(
                "word/document.xml",
                bytes("<!DOCTYPE x [<!ENTITY a SYSTEM \"file:///etc/passwd\"><!ENTITY b \"bbbbbbbbbb\">]><w:document "
                        + W + "><w:body><w:p><w:r><w:t>&a;&b;</w:t></w:r></w:p></w:body></w:document>"));
        Reading reading = readings.read(DocumentReadings.DOCX, hostile);
        assertThat(reading).isInstanceOf(Reading.Unreadable.class);
        assertThat(reading.toString()).doesNotContain("root:");
    }

    @Test
    void refusesArchivesThatAreBombsOrSomethingElse() throws IOException {
        assertThat(refused(readings.read(DocumentReadings.DOCX, zip("other.xml", bytes("<x/>")))))
                .contains("no Word document");
        byte[] bomb = zip("word/media/image.bin", new byte[300 << 20]);
        assertThat(refused(readings.read(DocumentReadings.DOCX, bomb))).contains("unpacks");
        assertThat(refused(readings.read(DocumentReadings.DOCX, docx("<w:p>".repeat(10_000)))))
                .contains("deeper");
        assertThat(refused(readings.read(DocumentReadings.DOCX, bytes("nothing"))))
                .isNotEmpty();
    }

    @Test
    void readsHtmlAsABrowserShowsIt() {
        assertThat(text(
                        "text/html",
                        bytes("<title>T</title><script>x()</script><h1>Head</h1><p>One</p><p hidden>pay</p>"
                                + "<span style='font-size:0'>pay</span><table><tr><td>A<td>B</table>Zero\u200Bwidth")))
                .startsWith("T\n\nHead\n\nOne")
                .contains("A", "B", "Zerowidth")
                .doesNotContain("pay", "x()");
    }

    @Test
    void readsEachRowOfATableWithTheNamesOfItsColumns() {
        assertThat(text("text/csv", bytes("\uFEFFsku;price;note\nL-1;9,90;\"a;\nb\"\nL-2;5;\n")))
                .isEqualTo("sku: L-1; price: 9,90; note: a;\nb\n\nsku: L-2; price: 5");
    }

    @Test
    void otherTypesAreNotRead() {
        assertThat(refused(readings.read("image/png", new byte[3]))).contains("image/png");
    }
}
