/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.login;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.HttpOutput;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Marks each cookie of an answer at the moment the answer leaves, whoever set it: no script reads it, no request that
 * another site caused carries it, and behind TLS it travels encrypted only.
 */
final class Cookies implements HttpOutput.Interceptor {

    private final Response response;
    private final HttpOutput.Interceptor next;
    private final boolean tls;
    private boolean left;

    private Cookies(Response response, HttpOutput.Interceptor next, boolean tls) {
        this.response = response;
        this.next = next;
        this.tls = tls;
    }

    static void mark(Response response, boolean tls) {
        HttpOutput out = response.getHttpOutput();
        out.setInterceptor(new Cookies(response, out.getInterceptor(), tls));
    }

    @Override
    public void write(ByteBuffer content, boolean last, Callback callback) {
        if (!left) {
            left = true;
            HttpFields fields = response.getHttpFields();
            if (fields.contains(HttpHeader.SET_COOKIE)) {
                List<String> cookies = fields.getValuesList(HttpHeader.SET_COOKIE);
                fields.put(
                        HttpHeader.SET_COOKIE.asString(),
                        cookies.stream().map(this::marked).toList());
            }
        }
        next.write(content, last, callback);
    }

    private String marked(String cookie) {
        String known = cookie.toLowerCase(Locale.ROOT);
        StringBuilder marked = new StringBuilder(cookie);
        if (!known.contains("; httponly")) {
            marked.append("; HttpOnly");
        }
        if (!known.contains("; samesite=")) {
            marked.append("; SameSite=Strict");
        }
        if (tls && !known.contains("; secure")) {
            marked.append("; Secure");
        }
        return marked.toString();
    }

    @Override
    public HttpOutput.Interceptor getNextInterceptor() {
        return next;
    }

    @Override
    public boolean isOptimizedForDirectBuffers() {
        return next.isOptimizedForDirectBuffers();
    }
}
