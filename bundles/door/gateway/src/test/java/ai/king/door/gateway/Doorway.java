/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.gateway;

import ai.king.access.Identity;
import ai.king.access.Role;
import ai.king.inferences.Inferences;
import java.util.EnumSet;
import java.util.Set;
import javax.servlet.DispatcherType;
import javax.servlet.Filter;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.servlet.FilterHolder;
import org.eclipse.jetty.servlet.ServletContextHandler;
import org.eclipse.jetty.servlet.ServletHolder;

/** The gateway in a server of its own, behind a filter that knows the caller; there is one business, {@code dogs}. */
final class Doorway implements AutoCloseable {

    private final Server server = new Server(0);
    private final ModelGateway gateway;
    volatile Set<Role> roles = Set.of(Role.OPERATOR);

    Doorway(Inferences inferences, int atOnce) throws Exception {
        gateway = new ModelGateway(inferences, "dogs"::equals, atOnce);
        ServletContextHandler context = new ServletContextHandler();
        Filter known = (request, response, chain) -> {
            if (!roles.isEmpty()) {
                request.setAttribute("ai.king.identity", new Identity("ann", roles));
            }
            chain.doFilter(request, response);
        };
        FilterHolder filter = new FilterHolder(known);
        filter.setAsyncSupported(true);
        context.addFilter(filter, "/*", EnumSet.of(DispatcherType.REQUEST));
        ServletHolder holder = new ServletHolder(gateway);
        holder.setAsyncSupported(true);
        context.addServlet(holder, "/v1/*");
        server.setHandler(context);
        server.start();
    }

    int port() {
        return ((ServerConnector) server.getConnectors()[0]).getLocalPort();
    }

    @Override
    public void close() throws Exception {
        gateway.stop();
        server.stop();
    }
}
