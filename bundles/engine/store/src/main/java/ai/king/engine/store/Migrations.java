/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.store;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.ResourceProvider;
import org.flywaydb.core.api.resource.LoadableResource;
import org.jspecify.annotations.Nullable;

/** Brings the tables of a database to this version, with Flyway. */
final class Migrations {

    /** Every migration there is, by name: nothing is searched for. */
    private static final List<String> FILES = List.of(
            "V1__platform.sql",
            "V10__business_records.sql",
            "V20__spend.sql",
            "V40__memory.sql",
            "V50__conversation.sql",
            "V60__playbook_run.sql",
            "V62__expectation.sql",
            "V63__rollout.sql",
            "V64__seals.sql");

    /** What only PostgreSQL has. */
    private static final List<String> POSTGRESQL_FILES = List.of("V30__must_hit.sql", "V65__seen.sql");

    private static final String FOLDER = "db/migration/";
    private static final Map<String, String> H2 =
            Map.of("text", "varchar", "bytes", "varbinary", "decimal", "decfloat(40)", "id", "varchar(200)");
    private static final Map<String, String> POSTGRESQL =
            Map.of("text", "text", "bytes", "bytea", "decimal", "numeric", "id", "varchar(200) collate \"C\"");

    private Migrations() {}

    static void run(DataSource dataSource, boolean h2) {
        run(dataSource, h2, "latest");
    }

    /** Up to this version. */
    static void run(DataSource dataSource, boolean h2, String target) {
        Flyway.configure(Migrations.class.getClassLoader())
                .dataSource(dataSource)
                .locations(new String[0])
                .resourceProvider(new Listed(h2 ? FILES : both()))
                .javaMigrationClassProvider(List::of)
                .placeholders(h2 ? H2 : POSTGRESQL)
                .target(target)
                .load()
                .migrate();
    }

    private static List<String> both() {
        return Stream.concat(FILES.stream(), POSTGRESQL_FILES.stream()).toList();
    }

    /** The listed files as Flyway wants to see them. */
    private record Listed(List<String> files) implements ResourceProvider {

        @Override
        public @Nullable LoadableResource getResource(String name) {
            return files.contains(name.substring(name.lastIndexOf('/') + 1)) ? new Script(name) : null;
        }

        @Override
        public Collection<LoadableResource> getResources(String prefix, String[] suffixes) {
            return files.stream()
                    .filter(f ->
                            f.startsWith(prefix) && List.of(suffixes).stream().anyMatch(f::endsWith))
                    .map(f -> (LoadableResource) new Script(f))
                    .toList();
        }
    }

    /** One file. */
    private static final class Script extends LoadableResource {

        private final String name;

        Script(String name) {
            this.name = name;
        }

        @Override
        public Reader read() {
            URL url = Migrations.class.getClassLoader().getResource(FOLDER + name);
            if (url == null) {
                throw new IllegalStateException("the migration " + name + " is missing in the bundle");
            }
            try {
                return new InputStreamReader(url.openStream(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public String getAbsolutePath() {
            return FOLDER + name;
        }

        @Override
        public String getAbsolutePathOnDisk() {
            return FOLDER + name;
        }

        @Override
        public String getFilename() {
            return name;
        }

        @Override
        public String getRelativePath() {
            return name;
        }
    }
}
