/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.rest;

import ai.king.access.Identity;
import ai.king.access.Role;
import ai.king.access.Tokens;
import ai.king.cluster.Rates;
import ai.king.store.Json;
import ai.king.store.StoreUnavailable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import javax.servlet.Filter;
import javax.servlet.FilterChain;
import javax.servlet.ServletException;
import javax.servlet.ServletRequest;
import javax.servlet.ServletResponse;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletRequestWrapper;
import javax.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.MDC;

/**
 * Before every servlet under {@code /api} and {@code /v1}: says who calls, or refuses. Leaves the {@link Identity} in the
 * request attribute {@link Caller#ATTRIBUTE}; a door that does not find it there answers 401.
 */
@Component(
        configurationPid = "ai.king.door.rest",
        service = Filter.class,
        property = {
            "osgi.http.whiteboard.filter.pattern=/api/*",
            "osgi.http.whiteboard.filter.pattern=/v1/*",
            "osgi.http.whiteboard.filter.name=ai.king.door.rest.entrance",
            "osgi.http.whiteboard.filter.asyncSupported:Boolean=true",
            "service.ranking:Integer=9000"
        })
@Designate(ocd = Entrance.Config.class)
public final class Entrance implements Filter {

    @ObjectClassDefinition(name = "REST door", description = "Who may call how often")
    @interface Config {
        @AttributeDefinition(
                description =
                        "Requests of one user in a minute, counted over the nodes that share a Redis; 0: no limit")
        int requests_per_minute() default 0;
    }

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Set<String> OPEN = Set.of("/api/v1/health/live", "/api/v1/health/ready");
    private static final Pattern REQUEST_ID = Pattern.compile("[A-Za-z0-9._:-]{1,64}");
    private static final String BASIC = "basic ";
    private static final String BEARER = "bearer ";

    private final Engines engines;
    private final Passwords passwords;
    private final int most;

    @Activate
    public Entrance(Config config, BundleContext context) {
        this(new TrackedEngines(context), new RealmPasswords(), config.requests_per_minute());
    }

    /** @param most requests of one user in a minute; 0 for no limit */
    Entrance(Engines engines, Passwords passwords, int most) {
        this.engines = engines;
        this.passwords = passwords;
        this.most = most;
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        HttpServletRequest asked = (HttpServletRequest) request;
        HttpServletResponse answer = (HttpServletResponse) response;
        String id = requestId(asked.getHeader("X-Request-Id"));
        answer.setHeader("X-Request-Id", id);
        MDC.put("request", id);
        try {
            enter(asked, answer, chain);
        } finally {
            MDC.remove("request");
        }
    }

    private void enter(HttpServletRequest asked, HttpServletResponse answer, FilterChain chain)
            throws IOException, ServletException {
        asked.removeAttribute(Caller.ATTRIBUTE);
        if (asked.getMethod().equals("TRACE")) {
            refuse(asked, answer, Problem.of(405, "TRACE is not answered"));
            return;
        }
        if (OPEN.contains(asked.getRequestURI())) {
            chain.doFilter(asked, answer);
            return;
        }
        Optional<Identity> identity;
        try {
            identity = identify(asked.getHeader("Authorization"));
        } catch (Passwords.Wait wait) {
            answer.setHeader("Retry-After", Long.toString(wait.seconds()));
            refuse(asked, answer, Problem.of(429, "too many failed logins"));
            return;
        } catch (StoreUnavailable | Engines.NotReady e) {
            answer.setHeader("Retry-After", "2");
            refuse(asked, answer, Problem.of(503, String.valueOf(e.getMessage())));
            return;
        }
        if (identity.isEmpty()) {
            answer.setHeader("WWW-Authenticate", "Basic realm=\"King AI\", charset=\"UTF-8\"");
            refuse(asked, answer, Problem.of(401, "a name with its password, or a valid token, is needed"));
            return;
        }
        Duration wait = overdone(identity.get());
        if (!wait.isZero()) {
            answer.setHeader("Retry-After", Long.toString(Math.max(1, wait.toSeconds())));
            refuse(asked, answer, Problem.of(429, "more than " + most + " requests in a minute"));
            return;
        }
        asked.setAttribute(Caller.ATTRIBUTE, identity.get());
        chain.doFilter(new Known(asked, identity.get()), answer);
    }

    /** How long this user has to wait; zero when the request may go on, also where nobody counts. */
    private Duration overdone(Identity identity) {
        return most <= 0
                ? Duration.ZERO
                : engines.find(Rates.class)
                        .map(rates -> rates.take("requests:" + identity.name(), most, MINUTE))
                        .map(Rates.Pass::after)
                        .orElse(Duration.ZERO);
    }

    private Optional<Identity> identify(@Nullable String authorization) {
        if (authorization == null) {
            return Optional.empty();
        }
        if (authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            String secret = authorization.substring(BEARER.length()).strip();
            return secret.isEmpty()
                    ? Optional.empty()
                    : engines.get(Tokens.class).authenticate(secret);
        }
        if (authorization.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
            return basic(authorization.substring(BASIC.length()).strip());
        }
        return Optional.empty();
    }

    private Optional<Identity> basic(String encoded) {
        String pair;
        try {
            pair = new String(java.util.Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        int colon = pair.indexOf(':');
        if (colon <= 0) {
            return Optional.empty();
        }
        char[] password = pair.substring(colon + 1).toCharArray();
        try {
            return passwords.check(pair.substring(0, colon), password);
        } finally {
            Arrays.fill(password, '\0');
        }
    }

    private static String requestId(@Nullable String given) {
        return given != null && REQUEST_ID.matcher(given).matches()
                ? given
                : UUID.randomUUID().toString();
    }

    /** A problem, or under {@code /v1} an error as OpenAI's clients read it. */
    private static void refuse(HttpServletRequest asked, HttpServletResponse answer, Problem problem)
            throws IOException {
        boolean model = asked.getRequestURI().startsWith("/v1/");
        answer.setStatus(problem.status());
        answer.setContentType(model ? "application/json" : Problem.MEDIA_TYPE);
        answer.setCharacterEncoding("UTF-8");
        String body = model
                ? Json.write(Map.of(
                        "error",
                        Map.of(
                                "message",
                                problem.detail(),
                                "type",
                                "invalid_request_error",
                                "code",
                                code(problem.status()))))
                : Json.write(problem);
        answer.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
    }

    private static String code(int status) {
        return switch (status) {
            case 401 -> "invalid_api_key";
            case 429 -> "rate_limit_exceeded";
            default -> "refused";
        };
    }

    /** The request with its principal. */
    private static final class Known extends HttpServletRequestWrapper {
        private final Identity identity;

        Known(HttpServletRequest request, Identity identity) {
            super(request);
            this.identity = identity;
        }

        @Override
        public String getRemoteUser() {
            return identity.name();
        }

        @Override
        public Principal getUserPrincipal() {
            return identity::name;
        }

        @Override
        public boolean isUserInRole(String role) {
            return Arrays.stream(Role.values()).anyMatch(known -> known.label().equals(role) && identity.has(known));
        }
    }
}
