/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.rest;

import ai.king.access.Identity;
import ai.king.access.Role;
import ai.king.access.Token;
import ai.king.access.Tokens;
import ai.king.store.Json;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.servlet.DispatcherType;
import javax.servlet.MultipartConfigElement;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.servlet.FilterHolder;
import org.eclipse.jetty.servlet.ServletContextHandler;
import org.eclipse.jetty.servlet.ServletHolder;

/** The door on a port of this machine, with engines given by a test. Users are called like their one role. */
final class Door implements AutoCloseable {

    static final String PASSWORD = "correct horse";

    final FixedEngines engines = new FixedEngines();
    private final Server server = new Server(0);
    private final HttpClient client = HttpClient.newHttpClient();
    private final int port;

    Door() {
        this(0);
    }

    /** @param most requests of one user in a minute; 0 for no limit */
    Door(int most) {
        engines.with(Tokens.class, tokens());
        ServletContextHandler context = new ServletContextHandler();
        context.addFilter(
                new FilterHolder(new Entrance(engines, Door::login, most)), "/*", EnumSet.of(DispatcherType.REQUEST));
        ServletHolder holder = new ServletHolder(new ApiServlet(engines, node()));
        holder.getRegistration()
                .setMultipartConfig(new MultipartConfigElement(
                        System.getProperty("java.io.tmpdir"),
                        ProposalUpload.BUNDLE_LIMIT,
                        ProposalUpload.REQUEST_LIMIT,
                        65536));
        context.addServlet(holder, ApiServlet.BASE + "/*");
        server.setHandler(context);
        try {
            server.start();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        port = ((ServerConnector) server.getConnectors()[0]).getLocalPort();
    }

    static Installation node() {
        return new OneNode();
    }

    /** {@code operator} has the role operator, {@code operator+approver} both. */
    static Optional<Identity> login(String name, char[] password) {
        if (!PASSWORD.equals(new String(password))) {
            return Optional.empty();
        }
        return Optional.of(new Identity(name, roles(name)));
    }

    static Set<Role> roles(String name) {
        return java.util.Arrays.stream(name.split("[+]")).map(Role::of).collect(Collectors.toUnmodifiableSet());
    }

    /** The secret {@code token-<roles>} is valid. */
    private static Tokens tokens() {
        return (Tokens) Proxy.newProxyInstance(
                Tokens.class.getClassLoader(), new Class<?>[] {Tokens.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("authenticate")) {
                        String secret = String.valueOf(arguments[0]);
                        return secret.startsWith("token-")
                                ? Optional.of(new Identity("robot", roles(secret.substring(6))))
                                : Optional.empty();
                    }
                    if (method.getName().equals("issue")) {
                        return new Tokens.Issued(
                                new Token("id", "robot", "", List.of(), Instant.EPOCH, Instant.EPOCH, 0),
                                "token-viewer");
                    }
                    return method.getName().equals("list") ? List.of() : null;
                });
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .timeout(Duration.ofSeconds(30));
    }

    /** A request of a user, or of nobody when the name is empty. */
    HttpRequest.Builder as(String user, String path) {
        HttpRequest.Builder request =
                request(path.startsWith("/api/") || path.startsWith("/v1/") ? path : ApiServlet.BASE + path);
        return user.isEmpty() ? request : request.header("Authorization", basic(user, PASSWORD));
    }

    static String basic(String user, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    Answer get(String user, String path) {
        return send(as(user, path).GET());
    }

    Answer post(String user, String path, String json) {
        return send(as(user, path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(json)));
    }

    Answer method(String method, String user, String path, String json) {
        return send(as(user, path)
                .header("Content-Type", "application/json")
                .method(method.toUpperCase(Locale.ROOT), BodyPublishers.ofString(json)));
    }

    Answer send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
            return new Answer(response);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** What came back. */
    record Answer(HttpResponse<String> response) {
        int status() {
            return response.statusCode();
        }

        String text() {
            return response.body();
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        Map<String, Object> json() {
            return Json.readMap(response.body());
        }
    }

    /** A node with one platform bundle. */
    private static final class OneNode implements Installation {
        @Override
        public String version() {
            return "1.0.0";
        }

        @Override
        public Duration uptime() {
            return Duration.ofSeconds(12);
        }

        @Override
        public long freeBytes() {
            return 1L << 40;
        }

        @Override
        public List<Installed> bundles() {
            return List.of(new Installed(7, "ai.king.door.rest", "1.0.0", "ACTIVE", "mvn:ai.king/ai.king.door.rest"));
        }
    }
}
