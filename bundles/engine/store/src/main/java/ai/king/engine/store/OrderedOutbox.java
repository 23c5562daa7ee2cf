/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.store;

import ai.king.store.Event;
import ai.king.store.Json;
import ai.king.store.Outbox;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The outbox's table, read. */
@Component
public final class OrderedOutbox implements Outbox {

    private final Database database;
    private final Sealer sealer;

    @Activate
    public OrderedOutbox(@Reference Database database, @Reference Sealer sealer) {
        this.database = database;
        this.sealer = sealer;
    }

    @Override
    public List<Event> after(long position, int limit) {
        return database.inTransaction(connection -> {
            // A limit that is known when the query is planned keeps the join to the rows of the page.
            try (PreparedStatement statement =
                    connection.prepareStatement("select p.position, o.type, o.at, o.data, o.channels"
                            + " from outbox_place p join outbox o on o.n = p.n"
                            + " where p.position > ? order by p.position limit " + limit)) {
                statement.setLong(1, position);
                List<Event> events = new ArrayList<>();
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        events.add(new Event(
                                rows.getLong("position"),
                                rows.getString("type"),
                                Chain.instant(rows, "at"),
                                Json.readMap(rows.getString("data")),
                                channels(rows.getString("channels"))));
                    }
                }
                return events;
            }
        });
    }

    private static Set<String> channels(String text) {
        return Arrays.stream(text.split(" ")).filter(c -> !c.isEmpty()).collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public long last() {
        return database.inTransaction(connection -> {
            try (PreparedStatement statement = connection.prepareStatement("select position from seal where id = 1");
                    ResultSet row = statement.executeQuery()) {
                return row.next() ? row.getLong(1) : 0;
            }
        });
    }

    @Override
    public void look() {
        sealer.look();
    }

    @Override
    public boolean await(long position, Duration atMost) throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        while (true) {
            long seen = sealer.sealed().seen();
            long left = end - System.nanoTime();
            if (sealer.position() > position || left <= 0) {
                return sealer.position() > position;
            }
            sealer.sealed().await(seen, Duration.ofNanos(left));
        }
    }
}
