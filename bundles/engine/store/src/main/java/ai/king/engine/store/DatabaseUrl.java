/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.store;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** A JDBC URL that keeps what was committed and runs nothing when it is opened. */
record DatabaseUrl(String text) {

    private static final Set<String> H2_SETTINGS = Set.of(
            "WRITE_DELAY",
            "DB_CLOSE_ON_EXIT",
            "LOCK_TIMEOUT",
            "CACHE_SIZE",
            "TIME ZONE",
            "AUTO_COMPACT_FILL_RATE",
            "MAX_COMPACT_TIME",
            "TRACE_LEVEL_FILE",
            "IFEXISTS");

    /** Throws {@link IllegalArgumentException} for a URL that could lose commits, reach out or run scripts. */
    DatabaseUrl {
        if (text.startsWith("jdbc:h2:")) {
            checkH2(text);
        } else if (!text.startsWith("jdbc:postgresql:")) {
            throw new IllegalArgumentException(
                    "the database is H2 (jdbc:h2:file:...) or PostgreSQL (jdbc:postgresql:...)");
        }
    }

    static DatabaseUrl embedded(Path folder) {
        return new DatabaseUrl(
                "jdbc:h2:file:" + folder.resolve("king").toAbsolutePath() + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE");
    }

    private static void checkH2(String url) {
        if (!url.startsWith("jdbc:h2:file:")) {
            throw new IllegalArgumentException("H2 is used with a file only: jdbc:h2:file:PATH;WRITE_DELAY=0");
        }
        String[] parts = url.split(";");
        Set<String> settings = Arrays.stream(parts)
                .skip(1)
                .map(p -> p.toUpperCase(Locale.ROOT).strip())
                .collect(Collectors.toSet());
        if (!settings.contains("WRITE_DELAY=0")) {
            throw new IllegalArgumentException("H2 without WRITE_DELAY=0 loses commits that were acknowledged");
        }
        for (String setting : settings) {
            String name = setting.contains("=") ? setting.substring(0, setting.indexOf('=')) : setting;
            if (!H2_SETTINGS.contains(name.strip())) {
                throw new IllegalArgumentException("the H2 setting " + name + " is not allowed in the URL");
            }
        }
        if (settings.stream().anyMatch(s -> s.startsWith("WRITE_DELAY") && !s.equals("WRITE_DELAY=0"))) {
            throw new IllegalArgumentException("WRITE_DELAY is given twice");
        }
    }

    boolean h2() {
        return text.startsWith("jdbc:h2:");
    }

    /** The driver's own DataSource, no driver manager and no class by name; H2's is held to one writer. */
    DataSource open(String user, String password) {
        if (h2()) {
            JdbcDataSource h2 = new JdbcDataSource();
            String url = with(with(text, "TIME ZONE", "UTC"), "LOCK_TIMEOUT", "10000");
            // Every error reaches its caller; in a trace file the same would fill what is left of a disk.
            h2.setURL(uninterrupted(with(url, "TRACE_LEVEL_FILE", "0")));
            h2.setUser(user);
            h2.setPassword(password);
            return OneWriter.of(h2);
        }
        PGSimpleDataSource postgres = new PGSimpleDataSource();
        postgres.setURL(text);
        if (!user.isEmpty()) {
            postgres.setUser(user);
        }
        if (!password.isEmpty()) {
            postgres.setPassword(password);
        }
        postgres.setApplicationName("king");
        // The statements are few and look rows up by key: planned once a connection, not five times and then compared.
        postgres.setPrepareThreshold(1);
        String options = postgres.getOptions();
        postgres.setOptions((options == null ? "" : options + " ") + "-c plan_cache_mode=force_generic_plan");
        postgres.setTcpKeepAlive(true);
        return postgres;
    }

    /**
     * H2's usual file access closes the whole database when a thread that commits is interrupted; {@code retry:} opens the file
     * again. {@code async:} would not close it either, but left indexes behind their rows after a kill.
     */
    private static String uninterrupted(String url) {
        String prefix = "jdbc:h2:file:";
        return url.startsWith(prefix + "retry:") ? url : prefix + "retry:" + url.substring(prefix.length());
    }

    private static String with(String url, String name, String value) {
        return url.toUpperCase(Locale.ROOT).contains(";" + name + "=") ? url : url + ";" + name + "=" + value;
    }
}
