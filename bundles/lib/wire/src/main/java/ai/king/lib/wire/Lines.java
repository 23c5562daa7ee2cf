/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.lib.wire;

import java.io.Closeable;
import java.io.IOException;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.DefaultHttpClientConnectionOperator;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.io.DetachedSocketFactory;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.config.RegistryBuilder;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.apache.hc.core5.pool.PoolReusePolicy;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * Connections that are kept for a while, each used by the thread that calls: no thread of its own, no redirect, no cookie,
 * nothing tried twice. Proxies are those of the JVM. Made with the first call.
 */
final class Lines implements Closeable {

    private static final int AT_ONCE = 1_000;
    private static final TimeValue KEPT = TimeValue.ofSeconds(30);
    private static final TimeValue LOOKED_AT_AFTER = TimeValue.ofSeconds(1);
    private static final long SWEEP_NANOS = TimeUnit.SECONDS.toNanos(30);

    /** For what is closed by nobody's call. */
    private static final Duration BETWEEN_CALLS = Duration.ofSeconds(1);

    private final Duration connect;
    private final ThreadLocal<@Nullable Limit> limits = new ThreadLocal<>();
    private @Nullable PoolingHttpClientConnectionManager pool;
    private @Nullable CloseableHttpClient client;
    private volatile long swept = System.nanoTime();

    Lines(Duration connect) {
        this.connect = connect;
    }

    /** What is done within a limit. */
    @FunctionalInterface
    interface Work<T> {
        T done() throws IOException;
    }

    /** Work of this thread, whose requests and whose reading of answers keep the limit. */
    <T> T within(Limit limit, Work<T> work) throws IOException {
        Limit outer = limits.get();
        limits.set(limit);
        try {
            return work.done();
        } finally {
            if (outer == null) {
                limits.remove();
            } else {
                limits.set(outer);
            }
        }
    }

    /** The answer as soon as its head is there. */
    ClassicHttpResponse open(HttpUriRequestBase request) throws IOException {
        return client().executeOpen(null, request, null);
    }

    private synchronized CloseableHttpClient client() {
        if (client == null) {
            pool = pool();
            client = HttpClients.custom()
                    .setConnectionManager(pool)
                    .setProxySelector(ProxySelector.getDefault())
                    .setDefaultRequestConfig(RequestConfig.custom()
                            .setConnectionKeepAlive(KEPT)
                            .setProtocolUpgradeEnabled(false)
                            .build())
                    .disableRedirectHandling()
                    .disableCookieManagement()
                    .disableAutomaticRetries()
                    .disableAuthCaching()
                    .disableContentCompression()
                    .build();
        }
        long now = System.nanoTime();
        if (pool != null && now - swept > SWEEP_NANOS) {
            swept = now;
            pool.closeExpired();
        }
        return client;
    }

    private PoolingHttpClientConnectionManager pool() {
        DetachedSocketFactory sockets = new DetachedSocketFactory() {
            @Override
            public Socket create(Proxy proxy) throws IOException {
                return new Line(Lines.this::limit);
            }
        };
        PoolingHttpClientConnectionManager made = new PoolingHttpClientConnectionManager(
                new DefaultHttpClientConnectionOperator(
                        sockets,
                        null,
                        null,
                        RegistryBuilder.<TlsSocketStrategy>create()
                                .register("https", tls())
                                .build()),
                PoolConcurrencyPolicy.LAX,
                PoolReusePolicy.LIFO,
                null,
                null);
        made.setDefaultMaxPerRoute(AT_ONCE);
        made.setDefaultSocketConfig(SocketConfig.custom()
                .setSoTimeout(Timeout.DISABLED)
                .setTcpNoDelay(true)
                .build());
        made.setDefaultConnectionConfig(ConnectionConfig.custom()
                .setConnectTimeout(Timeout.of(connect))
                .setSocketTimeout(Timeout.DISABLED)
                .setValidateAfterInactivity(LOOKED_AT_AFTER)
                .build());
        return made;
    }

    /** The machine's certificates are read when the first connection wants them. */
    private static TlsSocketStrategy tls() {
        return (socket, host, port, attachment, context) ->
                DefaultClientTlsStrategy.createSystemDefault().upgrade(socket, host, port, attachment, context);
    }

    private Limit limit() {
        Limit limit = limits.get();
        return limit == null ? Limit.of(BETWEEN_CALLS, BETWEEN_CALLS) : limit;
    }

    @Override
    public synchronized void close() {
        if (pool != null) {
            pool.close();
        }
    }
}
