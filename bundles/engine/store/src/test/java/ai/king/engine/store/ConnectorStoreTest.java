/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Dictionary;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.util.converter.Converters;

class ConnectorStoreTest {

    private final CompletableFuture<DataSource> published = new CompletableFuture<>();
    private final CompletableFuture<Boolean> withdrawn = new CompletableFuture<>();

    private Connector connector(String url, String user) {
        Connector.Config config = Converters.standardConverter()
                .convert(Map.of("url", url, "user", user))
                .to(Connector.Config.class);
        assertThat(config.pool_size()).isEqualTo(16);
        return new Connector(config, context());
    }

    /** A framework that takes one service and gives it back. */
    private BundleContext context() {
        ServiceRegistration<?> registration = (ServiceRegistration<?>) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {ServiceRegistration.class}, (proxy, method, arguments) -> {
                    withdrawn.complete(method.getName().equals("unregister"));
                    return null;
                });
        return (BundleContext) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {BundleContext.class}, (proxy, method, arguments) -> {
                    assertThat(((Dictionary<?, ?>) arguments[2]).get("osgi.jndi.service.name"))
                            .isEqualTo("king");
                    published.complete((DataSource) arguments[1]);
                    return registration;
                });
    }

    @Test
    void publishesADatabaseWithAllTablesAndTakesItBack(@TempDir Path folder) throws Exception {
        Connector connector =
                connector(DatabaseUrl.embedded(folder.toAbsolutePath()).text(), "");
        DataSource dataSource = published.get(60, TimeUnit.SECONDS);
        try (var connection = dataSource.getConnection();
                var statement = connection.createStatement()) {
            assertThat(statement.executeQuery("select * from node").next()).isFalse();
        }
        connector.close();
        assertThat(withdrawn).isCompletedWithValue(true);
        assertThatThrownBy(dataSource::getConnection).isInstanceOf(SQLException.class);
    }

    @Test
    void waitsForADatabaseThatDoesNotAnswerYet() throws Exception {
        int port = freePort();
        Connector connector = connector("jdbc:postgresql://localhost:" + port + "/postgres", "postgres");
        assertThat(published).isNotDone();
        try (EmbeddedPostgres server = EmbeddedPostgres.builder().setPort(port).start()) {
            assertThat(published.get(60, TimeUnit.SECONDS)).isNotNull();
            connector.close();
        }
    }

    @Test
    void refusesADatabaseThatLosesCommits() {
        assertThatThrownBy(() -> connector("jdbc:h2:file:/nowhere/king", ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("WRITE_DELAY=0");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
