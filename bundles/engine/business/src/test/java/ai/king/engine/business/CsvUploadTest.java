/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.business;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CsvUploadTest {

    private static final String HEADER = "date,category,amount,note\n";

    private final List<String> good = new ArrayList<>();
    private final List<String> bad = new ArrayList<>();

    private final Lines lines = new Lines() {
        @Override
        public void good(long line, Object[] cells) {
            good.add(line + " " + Arrays.asList(cells));
        }

        @Override
        public void bad(long line, String reason) {
            bad.add(line + " " + reason);
        }
    };

    private void read(RecordKind kind, byte[] bytes) throws IOException {
        new CsvUpload(kind, lines).read(new ByteArrayInputStream(bytes));
    }

    private void read(String text) throws IOException {
        read(RecordKind.COSTS, text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void readsCellsByTheirColumnWhateverTheirOrder() throws IOException {
        read("amount,date,category\n12.50,2026-01-31,rent\n");
        assertThat(good).containsExactly("2 [2026-01-31, rent, 12.50, null]");
        assertThat(bad).isEmpty();
    }

    @Test
    void namesTheFirstLineOfARecordThatSpansSeveral() throws IOException {
        read(HEADER + "2026-01-01,rent,1,\"two\nlines\"\n2026-01-02,rent,x,\n");
        assertThat(bad).hasSize(2).first().asString().startsWith("2 note contains a control character");
        assertThat(bad.get(1)).startsWith("4 amount must be a decimal number");
    }

    @Test
    void understandsByteOrderMarkCarriageReturnsAndEmptyLines() throws IOException {
        read("\uFEFFdate,category,amount,note\r\n\r\n2026-01-01,rent,1,\"a, b\"\r\n");
        assertThat(good).containsExactly("3 [2026-01-01, rent, 1, a, b]");
        assertThat(bad).isEmpty();
    }

    @Test
    void rejectsOneLineForOneWrongByteAndReadsOn() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write((HEADER + "2026-01-01,rent,1,").getBytes(StandardCharsets.UTF_8));
        bytes.write(0xE9);
        bytes.write("\n2026-01-02,Büro,2,\n".getBytes(StandardCharsets.UTF_8));
        read(RecordKind.COSTS, bytes.toByteArray());
        assertThat(bad).containsExactly("2 note is not valid UTF-8");
        assertThat(good).containsExactly("3 [2026-01-02, Büro, 2, null]");
    }

    @Test
    void refusesAHeaderWithUnknownDoubledOrMissingColumns() throws IOException {
        read("date,categry,amount,amount\n2026-01-01,rent,1,2\n");
        assertThat(bad)
                .containsExactly("1 unknown column \"categry\"; column amount stands twice; column category is missing;"
                        + " expected date,category,amount,note");
        assertThat(good).isEmpty();
    }

    @Test
    void saysThatAnEmptyUploadHasNoHeader() throws IOException {
        read("");
        assertThat(bad).containsExactly("1 there is no header; expected date,category,amount,note");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2026-02-30,rent,1,|date must be a date",
                "30.09.2026,rent,1,|date must be a date",
                "1826-01-01,rent,1,|date must be a date",
                ",rent,1,|date is empty",
                "2026-01-01,rent,1e9,|amount must be a decimal",
                "2026-01-01,rent,NaN,|amount must be a decimal",
                "2026-01-01,rent,12345678901234567890,|amount must be a decimal",
                "2026-01-01,rent,1|has 3 cells, the header has 4",
                "2026-01-01,rent,1,,5|has 5 cells, the header has 4",
            })
    void saysWhatIsWrongWithALine(String line, String reason) throws IOException {
        read(HEADER + line + "\n");
        assertThat(bad).hasSize(1).first().asString().startsWith("2 " + reason);
    }

    @Test
    void stopsWhereQuotesAreMalformed() throws IOException {
        read(HEADER + "2026-01-01,rent,1,ok\n2026-01-02,\"re\"nt,1,\n2026-01-03,rent,1,\n");
        assertThat(good).hasSize(1);
        assertThat(bad).hasSize(1).first().asString().contains("malformed; nothing after it was read");
    }

    @Test
    void stopsAtAQuoteThatIsNeverClosed() throws IOException {
        InputStream endless = new InputStream() {
            private long left = 200L * 1024 * 1024;

            @Override
            public int read() {
                return left-- > 0 ? 'x' : -1;
            }
        };
        byte[] start = (HEADER + "2026-01-01,rent,1,\"").getBytes(StandardCharsets.UTF_8);
        new CsvUpload(RecordKind.COSTS, lines).read(new SequenceInputStream(new ByteArrayInputStream(start), endless));
        assertThat(bad).hasSize(1).first().asString().contains("longer than 1 MiB");
    }

    @Test
    void refusesAnOrderThatContradictsItself() throws IOException {
        String header = "order_id,date,customer_id,sku,quantity,unit_price,discount,channel,status\n";
        String lines = "A,2026-01-01,C,S,1,10.00,10.01,web,completed\n"
                + "B,2026-01-01,C,S,0,10.00,0,web,completed\n"
                + "C,2026-01-01,C,S,1,10.00,0,web,lost\n"
                + "D,2026-01-01,C,S,-1,10.00,0,web,completed\n";
        read(RecordKind.ORDERS, (header + lines).getBytes(StandardCharsets.UTF_8));
        assertThat(bad)
                .containsExactly(
                        "2 discount is higher than quantity x unit_price",
                        "3 quantity is zero",
                        "4 status must be one of [cancelled, completed, returned], not \"lost\"",
                        "5 quantity is negative: -1");
    }
}
