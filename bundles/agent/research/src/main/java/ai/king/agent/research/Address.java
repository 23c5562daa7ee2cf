/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agent.research;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Where a result stands.
 *
 * @param host lower case, without {@code www.}
 * @param canonical host, path and what of the query tells pages apart: the same for two addresses of one page
 */
record Address(String host, String canonical) {

    private static final Pattern FOLLOWS =
            Pattern.compile("(?i)(utm_.*|gclid|fbclid|msclkid|srsltid|mc_[ce]id|ref|referrer)");

    /** Empty for what is no address of the web. */
    static Optional<Address> of(String url) {
        try {
            URI uri = new URI(url.strip());
            String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
            if (uri.getHost() == null || !(scheme.equals("http") || scheme.equals("https"))) {
                return Optional.empty();
            }
            String host = uri.getHost().toLowerCase(Locale.ROOT).replaceFirst("^www\\.", "");
            String path = uri.getRawPath() == null ? "" : uri.getRawPath().replaceFirst("/+$", "");
            return Optional.of(
                    new Address(host, host + path + query(uri.getRawQuery() == null ? "" : uri.getRawQuery())));
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private static String query(String raw) {
        String kept = Arrays.stream(raw.split("&"))
                .filter(part -> !part.isEmpty())
                .filter(part -> !FOLLOWS.matcher(part.split("=", 2)[0]).matches())
                .sorted()
                .collect(Collectors.joining("&"));
        return kept.isEmpty() ? "" : "?" + kept;
    }
}
