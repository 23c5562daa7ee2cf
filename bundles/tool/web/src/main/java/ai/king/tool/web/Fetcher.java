/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.tool.web;

import crawlercommons.robots.BaseRobotRules;
import crawlercommons.robots.SimpleRobotRulesParser;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Gets a page: address, robots.txt, redirects, size and time checked. */
final class Fetcher {

    private static final int ROBOTS_LIMIT = 512 * 1024;

    private final Wire wire;
    private final String agent;
    private final Limits limits;

    /**
     * @param bytes of a page, unpacked
     * @param time for one call
     */
    record Limits(int bytes, Duration time, int redirects, Set<Integer> ports) {}

    /**
     * What was read.
     *
     * @param url where it finally stood
     * @param type media type with parameters, lower case
     */
    record Fetched(URI url, String type, byte[] body) {}

    Fetcher(Wire wire, String agent, Limits limits) {
        this.wire = wire;
        this.agent = agent;
        this.limits = limits;
    }

    Fetched fetch(String address) throws IOException {
        long deadline = System.nanoTime() + limits.time().toNanos();
        URI uri = checked(address);
        for (int hop = 0; hop <= limits.redirects(); hop++) {
            allowed(uri, deadline);
            Wire.Answer answer = get(uri, limits.bytes(), deadline);
            if (answer.status() / 100 != 3 || answer.location().isEmpty()) {
                return page(uri, answer);
            }
            uri = checked(resolved(uri, answer.location().get()));
        }
        throw Refused.forGood("the page redirects more than " + limits.redirects() + " times");
    }

    private static String resolved(URI base, String location) throws Refused {
        try {
            return base.resolve(location.strip()).toString();
        } catch (IllegalArgumentException e) {
            throw Refused.forGood("the page redirects to something that is no address");
        }
    }

    /** http and https only, no credentials, an allowed port; the host's addresses are checked when they are used. */
    private URI checked(String address) throws Refused {
        URI uri;
        try {
            uri = new URI(address.strip());
        } catch (URISyntaxException e) {
            throw Refused.forGood("this is no address: " + e.getReason());
        }
        String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
        if (!Set.of("http", "https").contains(scheme)) {
            throw Refused.forGood("only http and https are read, not " + scheme);
        }
        if (uri.getHost() == null
                || uri.getRawUserInfo() != null
                || uri.getRawAuthority().contains("@")) {
            throw Refused.forGood("the address must name a host and no user");
        }
        int port = uri.getPort() >= 0 ? uri.getPort() : scheme.equals("https") ? 443 : 80;
        if (!limits.ports().contains(port)) {
            throw Refused.forGood("pages are read on the ports " + limits.ports() + ", not on " + port);
        }
        return withoutFragment(uri);
    }

    private static URI withoutFragment(URI uri) {
        String text = uri.toString();
        int hash = text.indexOf('#');
        return hash < 0 ? uri : URI.create(text.substring(0, hash));
    }

    private Wire.Answer get(URI uri, int limit, long deadline) throws IOException {
        try {
            return wire.get(uri, limit, deadline);
        } catch (NotPublic e) {
            throw Refused.forGood(String.valueOf(e.getMessage()));
        } catch (UnknownHostException e) {
            throw new Refused("there is no host " + uri.getHost(), true);
        }
    }

    /** RFC 9309: no file is leave, a server in trouble is none. */
    private void allowed(URI uri, long deadline) throws IOException {
        URI robots = uri.resolve("/robots.txt");
        SimpleRobotRulesParser parser = new SimpleRobotRulesParser();
        BaseRobotRules rules = rules(parser, robots, deadline);
        if (rules.isDeferVisits()) {
            throw new Refused("the robots.txt of " + uri.getHost() + " cannot be read now", true);
        }
        if (!rules.isAllowed(uri.toString())) {
            throw Refused.forGood("the robots.txt of " + uri.getHost() + " asks not to read this page");
        }
    }

    private BaseRobotRules rules(SimpleRobotRulesParser parser, URI robots, long deadline) throws IOException {
        URI at = robots;
        for (int hop = 0; hop <= limits.redirects(); hop++) {
            Wire.Answer answer = get(at, ROBOTS_LIMIT, deadline);
            if (answer.status() / 100 == 2) {
                return parser.parseContent(
                        robots.toString(), answer.body(), "text/plain", List.of(agent.toLowerCase(Locale.ROOT)));
            }
            if (answer.status() / 100 != 3 || answer.location().isEmpty()) {
                return parser.failedFetch(answer.status());
            }
            at = checked(resolved(at, answer.location().get()));
        }
        return parser.failedFetch(404);
    }

    private static Fetched page(URI uri, Wire.Answer answer) throws Refused {
        int status = answer.status();
        if (status / 100 != 2) {
            boolean retriable = status == 408 || status == 429 || status >= 500;
            throw new Refused(uri.getHost() + " answers " + status, retriable);
        }
        String type = answer.type().orElse("application/octet-stream").toLowerCase(Locale.ROOT);
        return new Fetched(uri, type, answer.body());
    }
}
