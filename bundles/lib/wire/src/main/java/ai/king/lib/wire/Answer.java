/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.lib.wire;

import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;

/** What came for a request. Read to its end it leaves the connection to the next call; closed before, it hangs up. */
final class Answer implements Closeable {

    private final ClassicHttpResponse response;
    private final Body body;

    Answer(HttpUriRequestBase request, ClassicHttpResponse response) throws IOException {
        this.response = response;
        HttpEntity entity = response.getEntity();
        InputStream content = entity == null ? null : entity.getContent();
        body = new Body(request, content == null ? InputStream.nullInputStream() : content);
    }

    int status() {
        return response.getCode();
    }

    Optional<String> header(String name) {
        return Optional.ofNullable(response.getFirstHeader(name)).map(Header::getValue);
    }

    Map<String, List<String>> headers() {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        for (Header header : response.getHeaders()) {
            headers.computeIfAbsent(header.getName().toLowerCase(Locale.ROOT), name -> new ArrayList<>(1))
                    .add(header.getValue());
        }
        return headers;
    }

    InputStream body() {
        return body;
    }

    @Override
    public void close() {
        body.close();
    }

    /** The client's own stream would be read to its end by closing it, which a model that never ends does not reach. */
    private static final class Body extends FilterInputStream {
        private final HttpUriRequestBase request;
        private boolean ended;

        Body(HttpUriRequestBase request, InputStream in) {
            super(in);
            this.request = request;
        }

        @Override
        public int read() throws IOException {
            int one = ended ? -1 : in.read();
            ended = one < 0;
            return one;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int count = ended ? -1 : in.read(into, offset, length);
            ended = count < 0;
            return count;
        }

        @Override
        public void close() {
            if (!ended) {
                ended = true;
                request.abort();
            }
        }
    }
}
