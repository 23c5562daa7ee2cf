/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.business;

import static org.assertj.core.api.Assertions.assertThat;

import ai.king.business.Businesses.Imported;
import ai.king.business.Businesses.NewBusiness;
import ai.king.engine.store.TestDatabase;
import ai.king.store.Actor;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The largest upload that the door lets in, in a JVM whose heap is a third of it. */
class LargeUploadTest {

    private static final long LARGEST = 256L * 1024 * 1024;
    private static final int LINES = 4096;

    @TempDir
    Path folder;

    @Test
    void aCsvOf256MiBNeedsNoMoreMemoryThanASmallOne() throws IOException, InterruptedException {
        Path log = folder.resolve("upload.log");
        Process upload = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx80m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        LargeUploadTest.class.getName())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        int ended = upload.waitFor();
        assertThat(ended).as("%s", Files.readString(log)).isZero();
    }

    /** Ends with 0 when every line was taken. */
    public static void main(String[] unused) throws IOException {
        Actor ann = Actor.person("ann");
        try (TestDatabase database = TestDatabase.h2();
                InputStream csv = new Padded()) {
            StoredBusinesses businesses = new StoredBusinesses(database.store(), database.payloads(), TestStore.UNREAD);
            String id = businesses
                    .create(ann, new NewBusiness("Shop", "ecommerce", null, "USD", null))
                    .id();
            Imported imported = businesses.importCsv(ann, id, "costs", csv, false);
            System.exit(imported.accepted() == LINES && imported.rejected().isEmpty() ? 0 : 1);
        }
    }

    /** Costs of one a day, each line filled up with blanks behind its amount. */
    private static final class Padded extends InputStream {

        private static final byte[] HEADER = "date,category,amount\n".getBytes(StandardCharsets.UTF_8);
        private static final int WIDTH = (int) (LARGEST / LINES) - 1;

        private byte[] line = HEADER;
        private int place;
        private int made;

        @Override
        public int read() {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0];
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            if (place == line.length) {
                if (made == LINES) {
                    return -1;
                }
                line = line(LocalDate.of(2010, 1, 1).plusDays(made++));
                place = 0;
            }
            int count = Math.min(length, line.length - place);
            System.arraycopy(line, place, buffer, offset, count);
            place += count;
            return count;
        }

        private static byte[] line(LocalDate day) {
            String text = day + ",rent,5.00";
            return (text + " ".repeat(WIDTH - text.length() - 1) + "\n").getBytes(StandardCharsets.UTF_8);
        }
    }
}
