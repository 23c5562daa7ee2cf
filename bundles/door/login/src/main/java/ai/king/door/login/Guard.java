/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.login;

import java.io.IOException;
import java.util.Set;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.handler.AbstractHandler;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * Stands before every servlet of every door, the web console's too. Sets the headers that keep a browser from being
 * used against the platform, marks every cookie, lets no page of another origin change anything (a browser always says where such a request
 * comes from; programs say nothing), and lets the web console change nothing but through the platform's own pages: bundles,
 * configurations and components are changed by a proposal and in no other way.
 */
@Component(service = Handler.class, property = "service.ranking:Integer=1000")
public final class Guard extends AbstractHandler {

    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");
    private static final String CONSOLE = "/system/console";
    private static final String OWN_PAGES = CONSOLE + "/king";
    private static final String OWN_CONTENT =
            "default-src 'self'; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";
    /** The web console's own pages carry their scripts and styles in line. */
    private static final String CONSOLE_CONTENT =
            OWN_CONTENT + "; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:";

    /** Browsers of a platform behind a proxy with TLS never speak plain HTTP to it again, for a year. */
    private static final String TLS_ONLY = "max-age=31536000";

    private final boolean tls;

    /** @param context says by {@code king.tls.proxy} whether people come through a proxy that speaks TLS */
    @Activate
    public Guard(BundleContext context) {
        this(Boolean.parseBoolean(context.getProperty("king.tls.proxy")));
    }

    Guard(boolean tls) {
        this.tls = tls;
    }

    @Override
    public void handle(String target, Request base, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("X-Frame-Options", "DENY");
        response.setHeader("Referrer-Policy", "no-referrer");
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("Content-Security-Policy", target.startsWith(CONSOLE) ? CONSOLE_CONTENT : OWN_CONTENT);
        if (tls) {
            response.setHeader("Strict-Transport-Security", TLS_ONLY);
        }
        Cookies.mark(base.getResponse(), tls);
        if (READING.contains(request.getMethod())) {
            return;
        }
        if (fromElsewhere(request)) {
            refuse(base, response, "a page of another origin may not change anything");
        } else if (target.startsWith(CONSOLE) && !target.startsWith(OWN_PAGES)) {
            refuse(base, response, "what runs and how it is configured is changed by a proposal, not here");
        }
    }

    private static void refuse(Request base, HttpServletResponse response, String reason) throws IOException {
        base.setHandled(true);
        response.setStatus(HttpServletResponse.SC_FORBIDDEN);
        response.setContentType("application/problem+json");
        response.getWriter().write("{\"title\":\"Forbidden\",\"status\":403,\"detail\":\"" + reason + "\"}");
    }

    /**
     * What a browser says of where a request comes from. {@code Sec-Fetch-Site} is asked first: under the referrer policy of
     * these pages a form's {@code Origin} is {@code null} even for a page of our own.
     */
    private static boolean fromElsewhere(HttpServletRequest request) {
        String site = request.getHeader("Sec-Fetch-Site");
        if (site != null) {
            return !Set.of("same-origin", "none").contains(site);
        }
        String origin = request.getHeader("Origin");
        String host = request.getHeader("Host");
        return origin != null
                && !(origin.equalsIgnoreCase("http://" + host) || origin.equalsIgnoreCase("https://" + host));
    }
}
