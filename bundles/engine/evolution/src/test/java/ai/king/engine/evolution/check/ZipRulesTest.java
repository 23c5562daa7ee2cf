/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution.check;

import static org.assertj.core.api.Assertions.assertThat;

import ai.king.engine.plug.testing.PlugSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ZipRulesTest {

    @TempDir
    Path folder;

    @Test
    void acceptsWhatTheBuildMakes() throws IOException {
        assertThat(faults(PlugSource.echo("ai.king.agent.fixture", "fixture", "1.0.0")
                        .jar()))
                .isEmpty();
        assertThat(faults(zip("a.txt", "one", "b/c.txt", "two"))).isEmpty();
    }

    @Test
    void refusesNamesThatPointOutside() throws IOException {
        assertThat(faults(zip("../a", ""))).singleElement().asString().contains("points out");
        assertThat(faults(zip("/a", ""))).singleElement().asString().contains("points out");
        assertThat(faults(zip("a\\b", ""))).singleElement().asString().contains("points out");
        assertThat(faults(zip("c:/a", ""))).singleElement().asString().contains("points out");
    }

    @Test
    void refusesNamesThatDifferOnlyInCase() throws IOException {
        assertThat(faults(zip("a.class", "1", "A.class", "2")))
                .singleElement()
                .asString()
                .contains("two entries");
    }

    @Test
    void refusesArchivesWithin() throws IOException {
        assertThat(faults(zip("lib/x.jar", "1"))).singleElement().asString().contains("another archive");
        byte[] inner = zip("a", "b");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("picture.png"));
            zip.write(inner);
        }
        assertThat(faults(out.toByteArray())).singleElement().asString().contains("another archive");
    }

    @Test
    void refusesABombBySizesCountedWhileReading() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("zeros"));
            byte[] zeros = new byte[1024 * 1024];
            for (int i = 0; i < 40; i++) {
                zip.write(zeros);
            }
        }
        assertThat(faults(out.toByteArray())).singleElement().asString().contains("50 to 1");
    }

    @Test
    void refusesTooManyEntriesOfTheAi() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (int i = 0; i < 201; i++) {
                zip.putNextEntry(new ZipEntry("e" + i));
            }
        }
        byte[] many = out.toByteArray();
        assertThat(ZipRules.forAi().faults(file(many)))
                .singleElement()
                .asString()
                .contains("201 entries");
        assertThat(faults(many)).isEmpty();
    }

    @Test
    void refusesAnythingBeforeAfterOrBetween() throws IOException {
        byte[] zip = zip("a.txt", "one");
        assertThat(faults(join("#!/bin/sh\n".getBytes(StandardCharsets.UTF_8), zip)))
                .isNotEmpty();
        assertThat(faults(join(zip, new byte[] {1}))).isNotEmpty();
        assertThat(faults(Arrays.copyOf(zip, zip.length - 5))).isNotEmpty();
        assertThat(faults(new byte[0])).isNotEmpty();
    }

    @Test
    void refusesALocalHeaderThatSaysSomethingElse() throws IOException {
        byte[] zip = zip("good.txt", "one");
        byte[] other = zip.clone();
        other[30] = 'f';
        assertThat(faults(other)).singleElement().asString().contains("says something else");
    }

    @Test
    void refusesLinks() throws IOException {
        byte[] zip = zip("a", "/etc/passwd");
        ByteBuffer bytes = ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN);
        int directory = bytes.getInt(zip.length - 6);
        bytes.putInt(directory + 38, 0120777 << 16);
        assertThat(faults(zip)).singleElement().asString().contains("is a link");
    }

    private List<String> faults(byte[] bytes) throws IOException {
        return ZipRules.forPeople().faults(file(bytes));
    }

    private Path file(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("candidate.jar"), bytes);
    }

    private static byte[] join(byte[] first, byte[] second) {
        byte[] all = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return all;
    }

    private static byte[] zip(String... entries) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (int i = 0; i < entries.length; i += 2) {
                zip.putNextEntry(new ZipEntry(entries[i]));
                zip.write(entries[i + 1].getBytes(StandardCharsets.UTF_8));
            }
        }
        return out.toByteArray();
    }
}
