/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.tool.web;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Optional;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.BasicHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.DefaultHttpClientConnectionOperator;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.io.DetachedSocketFactory;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.config.RegistryBuilder;

/**
 * One request and its answer. The connection goes to the very addresses that the resolver checked: there is no second look-up
 * that another answer could slip into. No redirect is followed, no cookie kept, nothing tried twice, no proxy of the machine used.
 */
final class Wire {

    private final DnsResolver addresses;
    private final String agent;

    Wire(Resolver resolver, String agent) {
        this.agent = agent;
        this.addresses = new DnsResolver() {
            @Override
            public InetAddress[] resolve(String host) throws UnknownHostException {
                return resolver.resolve(host);
            }

            @Override
            public String resolveCanonicalHostname(String host) {
                return host;
            }
        };
    }

    /** @param body at most the limit plus one byte, already unpacked */
    record Answer(int status, Optional<String> type, Optional<String> location, byte[] body) {}

    /** Asks for an address; {@code deadline} by {@link System#nanoTime()}. */
    Answer get(URI uri, int limit, long deadline) throws IOException {
        HttpGet request = new HttpGet(uri);
        request.setHeader("Accept", "text/html,application/xhtml+xml,text/plain;q=0.9,*/*;q=0.1");
        request.setHeader("Accept-Language", "en,*;q=0.5");
        try (CloseableHttpClient client = client(deadline)) {
            return client.execute(request, response -> answer(response, limit));
        }
    }

    private static Answer answer(ClassicHttpResponse response, int limit) throws IOException {
        HttpEntity entity = response.getEntity();
        byte[] body = new byte[0];
        if (entity != null) {
            try (InputStream in = entity.getContent()) {
                body = in == null ? body : in.readNBytes(limit + 1);
                if (body.length > limit) {
                    throw Refused.forGood("the page is larger than " + limit / 1024 + " KiB");
                }
            }
        }
        return new Answer(response.getCode(), header(response, "Content-Type"), header(response, "Location"), body);
    }

    private static Optional<String> header(ClassicHttpResponse response, String name) {
        return Optional.ofNullable(response.getFirstHeader(name)).map(Header::getValue);
    }

    private CloseableHttpClient client(long deadline) {
        DetachedSocketFactory sockets = new DetachedSocketFactory() {
            @Override
            public Socket create(Proxy proxy) throws IOException {
                return new TimedSocket(deadline);
            }
        };
        TlsSocketStrategy tls = DefaultClientTlsStrategy.createDefault();
        DefaultHttpClientConnectionOperator operator = new DefaultHttpClientConnectionOperator(
                sockets,
                null,
                addresses,
                RegistryBuilder.<TlsSocketStrategy>create()
                        .register("https", tls)
                        .build());
        Http1Config bounds = Http1Config.custom()
                .setMaxHeaderCount(100)
                .setMaxLineLength(16 * 1024)
                .setMaxEmptyLineCount(5)
                .build();
        return HttpClients.custom()
                .setConnectionManager(new BasicHttpClientConnectionManager(
                        operator,
                        ManagedHttpClientConnectionFactory.builder()
                                .http1Config(bounds)
                                .build()))
                .setUserAgent(agent + " (+reads pages for a person)")
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableAutomaticRetries()
                .disableAuthCaching()
                .build();
    }
}
