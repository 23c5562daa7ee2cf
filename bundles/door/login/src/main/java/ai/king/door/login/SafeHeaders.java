/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.login;

import java.io.IOException;
import java.util.Set;
import javax.servlet.Filter;
import javax.servlet.FilterChain;
import javax.servlet.ServletException;
import javax.servlet.ServletRequest;
import javax.servlet.ServletResponse;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.osgi.service.component.annotations.Component;

/**
 * Before every servlet of every door: headers that keep a browser from being used against the platform, and no change
 * from a page of another origin (a browser always says where such a request comes from; programs say nothing).
 */
@Component(
        service = Filter.class,
        property = {
            "osgi.http.whiteboard.filter.pattern=/*",
            "osgi.http.whiteboard.filter.name=ai.king.door.login",
            "osgi.http.whiteboard.filter.asyncSupported:Boolean=true",
            "osgi.http.whiteboard.context.select="
                    + "(|(osgi.http.whiteboard.context.name=*)(osgi.http.whiteboard.context.httpservice=*))",
            "service.ranking:Integer=10000"
        })
public final class SafeHeaders implements Filter {

    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");
    private static final String OWN_CONTENT =
            "default-src 'self'; object-src 'none'; base-uri 'self'; " + "form-action 'self'; frame-ancestors 'none'";
    /** The web console's own pages carry their scripts and styles in line. */
    private static final String CONSOLE_CONTENT =
            OWN_CONTENT + "; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:";

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        HttpServletRequest asked = (HttpServletRequest) request;
        HttpServletResponse answer = (HttpServletResponse) response;
        String path = asked.getRequestURI();
        answer.setHeader("X-Content-Type-Options", "nosniff");
        answer.setHeader("X-Frame-Options", "DENY");
        answer.setHeader("Referrer-Policy", "no-referrer");
        answer.setHeader("Cache-Control", "no-store");
        answer.setHeader("Content-Security-Policy", path.startsWith("/system/console") ? CONSOLE_CONTENT : OWN_CONTENT);
        if (!READING.contains(asked.getMethod()) && fromElsewhere(asked)) {
            answer.sendError(HttpServletResponse.SC_FORBIDDEN, "a page of another origin may not change anything");
            return;
        }
        chain.doFilter(request, response);
    }

    private static boolean fromElsewhere(HttpServletRequest request) {
        String origin = request.getHeader("Origin");
        if (origin == null) {
            String site = request.getHeader("Sec-Fetch-Site");
            return site != null && !Set.of("same-origin", "none").contains(site);
        }
        String host = request.getHeader("Host");
        return host == null
                || !(origin.equalsIgnoreCase("http://" + host) || origin.equalsIgnoreCase("https://" + host));
    }
}
