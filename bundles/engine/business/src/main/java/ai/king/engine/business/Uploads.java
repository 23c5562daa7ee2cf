/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.business;

import ai.king.business.Businesses.Imported;
import ai.king.store.Actor;
import ai.king.store.Store;
import ai.king.store.Tx;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;

/** Imports records: one upload is one transaction. Uploads for one business wait for each other. */
final class Uploads {

    private static final long LARGEST = 256L * 1024 * 1024;

    private final Store store;

    Uploads(Store store) {
        this.store = store;
    }

    /**
     * Reads the whole upload into a file first: a sender who is slow, or never ends, holds no transaction meanwhile. The file
     * is gone when this returns.
     */
    Imported csv(Actor by, String businessId, RecordKind kind, InputStream csv, boolean partial) {
        try {
            Path file = Files.createTempFile("king-upload-", ".csv");
            try {
                try (InputStream limited = new Limited(csv)) {
                    Files.copy(limited, file, StandardCopyOption.REPLACE_EXISTING);
                }
                return run(by, businessId, kind, partial, lines -> read(file, kind, lines));
            } finally {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the upload broke off, or the disk is full", e);
        }
    }

    private static void read(Path file, RecordKind kind, Lines lines) {
        try (InputStream csv = Files.newInputStream(file)) {
            new CsvUpload(kind, lines).read(csv);
        } catch (IOException e) {
            throw new UncheckedIOException("the upload cannot be read again", e);
        }
    }

    Imported rows(Actor by, String businessId, RecordKind kind, List<Map<String, Object>> rows, boolean partial) {
        return run(by, businessId, kind, partial, lines -> new RowUpload(kind, lines).read(rows));
    }

    private Imported run(Actor by, String businessId, RecordKind kind, boolean partial, Upload upload) {
        try {
            return store.write(by, tx -> {
                StoredBusinesses.locked(tx, businessId);
                String importId = store.newId();
                RecordTable table = new RecordTable(tx.connection(), businessId, kind);
                RecordImport running = new RecordImport(table, businessId, kind, importId, partial);
                upload.read(running);
                Imported imported = running.finish();
                log(tx, businessId, kind, importId, imported);
                return imported;
            });
        } catch (RecordImport.Refused refused) {
            return refused.outcome();
        }
    }

    private static void log(Tx tx, String businessId, RecordKind kind, String importId, Imported imported) {
        Map<String, Object> facts = Map.of(
                "kind", kind.label(),
                "import", importId,
                "accepted", imported.accepted(),
                "rejected", imported.rejected().size());
        tx.record("records.imported", businessId, facts);
        tx.enqueue(
                "business.updated",
                Map.of("id", businessId, "kind", kind.label(), "accepted", imported.accepted()),
                "global",
                "business:" + businessId);
    }

    private interface Upload {
        void read(Lines lines);
    }

    /** Refuses more than an upload may hold, whatever its sender said about its length. */
    private static final class Limited extends FilterInputStream {
        private long left = LARGEST;

        Limited(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            return counted(super.read(), 1);
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int count = super.read(buffer, offset, length);
            return counted(count, count);
        }

        private int counted(int result, int count) {
            left -= result < 0 ? 0 : count;
            if (left < 0) {
                throw new IllegalArgumentException("an upload has at most 256 MiB");
            }
            return result;
        }
    }
}
