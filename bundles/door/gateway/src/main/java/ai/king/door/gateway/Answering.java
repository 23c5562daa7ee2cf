/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.gateway;

import ai.king.plug.NoSuchPlug;
import ai.king.store.Json;
import ai.king.store.StoreUnavailable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import javax.servlet.http.HttpServletResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How a request ends: with its answer as JSON, or with the reason why there is none in OpenAI's envelope. */
final class Answering {

    /** Seconds after which it is worth while to come again. */
    static final long SOON = 5;

    private static final Logger LOG = LoggerFactory.getLogger(Answering.class);

    private Answering() {}

    /** What answers a request. */
    @FunctionalInterface
    interface Work {
        void run() throws IOException;
    }

    /** Does the work, or tells why not. */
    static void with(HttpServletResponse response, Work work) throws IOException {
        try {
            work.run();
        } catch (Refused e) {
            refuse(response, e);
        } catch (StoreUnavailable | NoSuchPlug e) {
            refuse(response, Refused.later(503, "unavailable", SOON, String.valueOf(e.getMessage())));
        } catch (RuntimeException e) {
            String id = UUID.randomUUID().toString();
            LOG.error("a request failed, error {}", id, e);
            refuse(
                    response,
                    Refused.later(500, "internal_error", 0, "an error of the platform; the log has it under " + id));
        }
    }

    static void refuse(HttpServletResponse response, Refused refused) {
        if (response.isCommitted()) {
            return;
        }
        if (refused.retryAfterSeconds() > 0) {
            response.setHeader("Retry-After", Long.toString(refused.retryAfterSeconds()));
        }
        try {
            write(response, refused.status(), refused.body());
        } catch (IOException e) {
            LOG.debug("a client went away: {}", e.toString());
        }
    }

    static void write(HttpServletResponse response, int status, Map<String, Object> body) throws IOException {
        response.setStatus(status);
        response.setContentType("application/json");
        response.setCharacterEncoding("UTF-8");
        response.getOutputStream().write(Json.write(body).getBytes(StandardCharsets.UTF_8));
    }
}
