/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.store;

import ai.king.store.Store;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.util.Map;
import javax.persistence.EntityManagerFactory;
import javax.persistence.Persistence;
import javax.sql.DataSource;

/** The store on a database that stands somewhere already: for processes that are killed and started again on the same one. */
public final class OpenDatabase implements AutoCloseable {

    private final HikariDataSource pool;
    private final EntityManagerFactory factory;
    private final Database database;
    private final JpaStore store;

    public OpenDatabase(String url, String user) {
        DatabaseUrl checked = new DatabaseUrl(url);
        DataSource plain = checked.open(user, "");
        Migrations.run(plain, checked.h2());
        if (checked.h2()) {
            Numbering.goOn(plain);
        }
        HikariConfig settings = new HikariConfig();
        settings.setDataSource(plain);
        settings.setMaximumPoolSize(16);
        settings.setConnectionTimeout(10_000);
        pool = new HikariDataSource(settings);
        factory = Persistence.createEntityManagerFactory(
                "king", Map.of("javax.persistence.nonJtaDataSource", pool, "eclipselink.session-name", url));
        database = new Database(pool);
        store = new JpaStore(factory, database);
    }

    public static String h2(Path folder) {
        return DatabaseUrl.embedded(folder).text();
    }

    public Store store() {
        return store;
    }

    public DataSource dataSource() {
        return pool;
    }

    @Override
    public void close() {
        factory.close();
        pool.close();
    }
}
