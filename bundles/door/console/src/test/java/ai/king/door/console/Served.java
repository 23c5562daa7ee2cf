/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.console;

import ai.king.access.Identity;
import ai.king.access.Role;
import ai.king.access.Users;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.servlet.DispatcherType;
import javax.servlet.Filter;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.servlet.FilterHolder;
import org.eclipse.jetty.servlet.ServletContextHandler;
import org.eclipse.jetty.servlet.ServletHolder;

/** Pages of the console as the console serves them, for a person whose only role is the name. */
final class Served implements AutoCloseable {

    private final Server server = new Server(0);
    private final HttpClient client = HttpClient.newHttpClient();
    private final int port;
    volatile String login = "approver";

    Served(Map<String, ConsolePage> pages) throws Exception {
        ServletContextHandler context = new ServletContextHandler();
        Filter console = (request, response, chain) -> {
            request.setAttribute("org.osgi.service.http.authentication.remote.user", login);
            chain.doFilter(request, response);
        };
        context.addFilter(new FilterHolder(console), "/*", EnumSet.of(DispatcherType.REQUEST));
        pages.forEach((label, page) -> context.addServlet(new ServletHolder(page), "/system/console/" + label));
        server.setHandler(context);
        server.start();
        port = ((ServerConnector) server.getConnectors()[0]).getLocalPort();
    }

    /** Everybody is known, and has the role that the name says. */
    static Users users() {
        return proxy(
                Users.class,
                (proxy, method, arguments) -> Optional.of(
                        new Identity(String.valueOf(arguments[0]), Set.of(Role.of(String.valueOf(arguments[0]))))));
    }

    static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    String get(String page) throws Exception {
        return client.send(request(page).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private HttpRequest.Builder request(String page) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/system/console/" + page));
    }

    HttpResponse<String> post(String page, Map<String, String> form) throws Exception {
        String body = form.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return client.send(
                request(page)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    /** Where the browser goes after the form; empty where it was refused. */
    String sent(String page, Map<String, String> form) throws Exception {
        return post(page, form).headers().firstValue("Location").orElse("");
    }

    /** The hidden fields of the page's form. */
    Map<String, String> form(String page) throws Exception {
        Map<String, String> fields = new LinkedHashMap<>();
        Matcher hidden = Pattern.compile("type=\"hidden\" name=\"(\\w+)\" value=\"([^\"]*)\"")
                .matcher(get(page));
        while (hidden.find()) {
            fields.put(hidden.group(1), hidden.group(2));
        }
        return fields;
    }

    @Override
    public void close() throws Exception {
        server.stop();
    }
}
