/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.business;

import ai.king.business.Businesses.Imported;
import ai.king.business.Businesses.Rejected;
import ai.king.store.Json;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One import into one table: stores good lines in batches and keeps the bad ones with their reasons. What was stored
 * before tells about duplicates, so the memory it needs does not grow with the upload. For one transaction.
 */
final class RecordImport implements Lines {

    /** So many bad lines are named one by one; a file with more is the wrong file. */
    static final int NAMED_AT_MOST = 1000;

    private static final int BATCH = 500;
    private static final int LONGEST_KEY = 200;

    private final RecordTable table;
    private final String businessId;
    private final RecordKind kind;
    private final String importId;
    private final boolean partial;
    private final Map<String, RecordTable.Line> batch = new LinkedHashMap<>();
    private final List<Rejected> rejected = new ArrayList<>();
    private final Map<String, Integer> sameDay = new HashMap<>();
    private @Nullable LocalDate day;
    private long accepted;
    private long unnamed;

    RecordImport(RecordTable table, String businessId, RecordKind kind, String importId, boolean partial) {
        this.table = table;
        this.businessId = businessId;
        this.kind = kind;
        this.importId = importId;
        this.partial = partial;
    }

    @Override
    public void good(long line, @Nullable Object[] cells) {
        String key = key(cells);
        if (batch.putIfAbsent(key, new RecordTable.Line(line, key, cells)) != null) {
            bad(line, "the same " + keyColumns() + " stands in the lines before");
        }
        if (batch.size() == BATCH) {
            flush();
        }
    }

    @Override
    public void bad(long line, String reason) {
        if (rejected.size() < NAMED_AT_MOST) {
            rejected.add(new Rejected(line, reason));
        } else {
            unnamed++;
            if (!partial) {
                throw new Refused(outcome());
            }
        }
    }

    /** Stores what is left; throws {@link Refused} when a bad line refuses the whole upload. */
    Imported finish() {
        flush();
        if (!rejected.isEmpty() && !partial) {
            throw new Refused(outcome());
        }
        return outcome();
    }

    /**
     * A cost has no key of its own, and the same cost may rightly stand twice. Its key is the whole line and how many like
     * it stood on that day before: so the same file sent again is known again.
     */
    private String key(@Nullable Object[] cells) {
        String key = businessId + "\u001f" + kind.keyOf(cells);
        if (!kind.keyed()) {
            LocalDate lineDay = (LocalDate) cells[kind.index("date")];
            if (lineDay == null || !lineDay.equals(day)) {
                day = lineDay;
                sameDay.clear();
            }
            key = key + "\u001f" + sameDay.merge(key, 1, Integer::sum);
        }
        return key.length() > LONGEST_KEY ? businessId + "\u001fsha256:" + Json.sha256(key) : key;
    }

    private void flush() {
        if (batch.isEmpty()) {
            return;
        }
        if (kind.replaces()) {
            table.removeOlder(batch.keySet(), importId);
        }
        Set<String> stored = table.stored(batch.keySet());
        List<RecordTable.Line> fresh = new ArrayList<>(batch.size());
        for (RecordTable.Line line : batch.values()) {
            if (!stored.contains(line.key())) {
                fresh.add(line);
                continue;
            }
            bad(
                    line.number(),
                    kind.replaces()
                            ? "the same " + keyColumns() + " stands in the lines before"
                            : "a line with this " + keyColumns() + " is stored already");
        }
        table.insert(fresh, importId);
        accepted += fresh.size();
        batch.clear();
    }

    private String keyColumns() {
        return kind.keyed() ? String.join(" and ", kind.keyColumns()) : "date, category, amount and note";
    }

    private Imported outcome() {
        List<Rejected> named = new ArrayList<>(rejected);
        named.sort(Comparator.comparingLong(Rejected::line));
        if (unnamed > 0) {
            long last = named.get(named.size() - 1).line();
            named.add(new Rejected(
                    last + 1,
                    partial ? unnamed + " more lines are bad" : "too many bad lines; nothing after it was read"));
        }
        boolean refused = !rejected.isEmpty() && !partial;
        return new Imported(refused ? 0 : accepted, List.copyOf(named));
    }

    /** Ends the transaction of an upload that must not be stored. */
    static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final transient Imported outcome;

        Refused(Imported outcome) {
            super("the upload has bad lines", null, false, false);
            this.outcome = outcome;
        }

        Imported outcome() {
            return outcome;
        }
    }
}
