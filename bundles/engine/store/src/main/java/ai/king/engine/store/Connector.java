/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.SQLExceptionOverride;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.util.Hashtable;
import javax.sql.DataSource;
import org.h2.api.ErrorCode;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens the database, brings its tables up to date and then publishes the DataSource {@code king}, from which Aries JPA
 * makes the persistence unit. A database that does not answer is asked again until it does: starting never fails for it.
 */
@Component(
        configurationPid = "ai.king.engine.store",
        configurationPolicy = ConfigurationPolicy.OPTIONAL,
        immediate = true,
        service = {})
@Designate(ocd = Connector.Config.class)
public final class Connector {

    private static final Logger LOG = LoggerFactory.getLogger(Connector.class);
    private static final long RETRY_MILLIS = 2000;

    /** Where the database is. */
    @ObjectClassDefinition(name = "Store", description = "The one database of the platform")
    public @interface Config {
        @AttributeDefinition(
                description =
                        "JDBC URL of a PostgreSQL or of an H2 file with WRITE_DELAY=0; empty is an H2 file in the data folder")
        String url() default "";

        @AttributeDefinition(description = "User of the database; may be a reference $[env:NAME] or $[secret:name]")
        String user() default "";

        @AttributeDefinition(
                type = AttributeType.PASSWORD,
                description = "Its password; may be a reference $[env:NAME] or $[secret:name]")
        String password() default "";

        @AttributeDefinition(description = "Connections at most")
        int pool_size() default 16;
    }

    private final Config config;
    private final BundleContext context;
    private final DatabaseUrl url;
    private final Thread thread;
    private volatile boolean closed;
    private @Nullable HikariDataSource pool;
    private @Nullable ServiceRegistration<DataSource> registration;

    @Activate
    public Connector(Config config, BundleContext context) {
        this.config = config;
        this.context = context;
        this.url = config.url().isBlank() ? embedded() : new DatabaseUrl(config.url());
        this.thread = new Thread(this::connect, "king-store-connect");
        this.thread.setDaemon(true);
        if (config.url().isBlank() && SiteFile.namesAnUrl()) {
            LOG.info("The site's file names a database; its configuration is on its way");
        } else {
            this.thread.start();
        }
    }

    private static DatabaseUrl embedded() {
        try {
            return DatabaseUrl.embedded(Files.createDirectories(DataFolder.path()));
        } catch (IOException e) {
            throw new UncheckedIOException("the data folder cannot be made", e);
        }
    }

    private void connect() {
        String problem = "";
        while (!closed) {
            try {
                publish(open());
                return;
            } catch (RuntimeException e) {
                String reason = Failures.reason(e);
                if (!reason.equals(problem)) {
                    LOG.warn("The database does not answer, trying again every {} s: {}", RETRY_MILLIS / 1000, reason);
                    problem = reason;
                }
            }
            if (!pause()) {
                return;
            }
        }
    }

    private boolean pause() {
        try {
            Thread.sleep(RETRY_MILLIS);
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }

    private HikariDataSource open() {
        DataSource plain = url.open(config.user().isEmpty() && url.h2() ? "king" : config.user(), config.password());
        Migrations.run(plain, url.h2());
        if (url.h2()) {
            Numbering.goOn(plain);
        }
        return pool(plain, config.pool_size());
    }

    static HikariDataSource pool(DataSource plain, int size) {
        HikariConfig settings = new HikariConfig();
        settings.setPoolName("king");
        settings.setDataSource(plain);
        settings.setMaximumPoolSize(Math.max(4, size));
        settings.setMinimumIdle(2);
        settings.setConnectionTimeout(5000);
        settings.setExceptionOverride(new LostConnection());
        return new HikariDataSource(settings);
    }

    /** The pool knows how PostgreSQL says that a connection is gone; H2 says it in other words. */
    private static final class LostConnection implements SQLExceptionOverride {
        @java.lang.Override
        public SQLExceptionOverride.Override adjudicate(SQLException e) {
            return e.getErrorCode() == ErrorCode.OBJECT_CLOSED || FileConnections.fileClosed(e)
                    ? SQLExceptionOverride.Override.MUST_EVICT
                    : SQLExceptionOverride.Override.CONTINUE_EVICT;
        }
    }

    private synchronized void publish(HikariDataSource opened) {
        if (closed) {
            opened.close();
            return;
        }
        pool = opened;
        Hashtable<String, Object> properties = new Hashtable<>();
        properties.put("osgi.jndi.service.name", "king");
        registration = context.registerService(DataSource.class, opened, properties);
    }

    @Deactivate
    synchronized void close() {
        closed = true;
        thread.interrupt();
        if (registration != null) {
            registration.unregister();
        }
        if (pool != null) {
            pool.close();
        }
    }
}
