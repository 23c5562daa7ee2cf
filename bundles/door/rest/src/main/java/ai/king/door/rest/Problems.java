/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.rest;

import ai.king.business.PlaybookRefused;
import ai.king.business.TransitionRefused;
import ai.king.gate.VoteRefused;
import ai.king.plug.NoSuchPlug;
import ai.king.store.DuplicateRow;
import ai.king.store.StaleRow;
import ai.king.store.StoreUnavailable;
import java.io.IOException;
import java.util.NoSuchElementException;
import java.util.UUID;
import javax.ws.rs.WebApplicationException;
import javax.ws.rs.core.Response;
import javax.ws.rs.ext.ExceptionMapper;
import javax.ws.rs.ext.Provider;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns whatever ended a request into a problem; never a trace, never a class name. */
@Provider
public final class Problems implements ExceptionMapper<Throwable> {

    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);
    private static final int SOON_SECONDS = 2;

    @Override
    public Response toResponse(Throwable thrown) {
        Problem problem = of(thrown);
        Response.ResponseBuilder answer =
                Response.status(problem.status()).type(Problem.MEDIA_TYPE).entity(problem);
        if (problem.status() == 503) {
            answer.header("Retry-After", SOON_SECONDS);
        }
        return answer.build();
    }

    /** The problem of an exception; an unforeseen one is logged under the id that the problem carries. */
    static Problem of(Throwable thrown) {
        if (thrown instanceof Refusal refusal) {
            return refusal.problem();
        }
        if (thrown instanceof VoteRefused vote) {
            return Problem.of(status(vote.reason()), said(vote));
        }
        if (thrown instanceof TransitionRefused transition) {
            return Problem.of(
                    409,
                    said(transition),
                    transition.unmet().stream()
                            .map(unmet -> new Problem.Place("/to", unmet))
                            .toList());
        }
        if (thrown instanceof PlaybookRefused refused) {
            return Problem.of(
                    422,
                    said(refused),
                    refused.faults().stream()
                            .map(fault -> new Problem.Place("/line/" + fault.line(), fault.reason()))
                            .toList());
        }
        if (thrown instanceof StoreUnavailable || thrown instanceof Engines.NotReady) {
            return Problem.of(503, said(thrown));
        }
        return ofState(thrown);
    }

    private static Problem ofState(Throwable thrown) {
        if (thrown instanceof NoSuchElementException || thrown instanceof NoSuchPlug) {
            return Problem.of(404, said(thrown));
        }
        if (thrown instanceof DuplicateRow) {
            return Problem.of(409, "this exists already, or is being done by another request");
        }
        if (thrown instanceof StaleRow) {
            return Problem.of(409, "this has changed in the meantime; read it again");
        }
        if (thrown instanceof SecurityException) {
            return Problem.of(403, said(thrown));
        }
        if (thrown instanceof WebApplicationException web) {
            return ofWeb(web);
        }
        if (thrown instanceof IllegalArgumentException) {
            return Problem.of(422, said(thrown));
        }
        if (thrown instanceof IllegalStateException) {
            return Problem.of(409, said(thrown));
        }
        if (thrown instanceof IOException) {
            LOG.debug("a client went away: {}", thrown.toString());
            return Problem.of(400, "the request could not be read to its end");
        }
        String id = UUID.randomUUID().toString();
        LOG.error("request failed, error {}", id, thrown);
        return Problem.of(500, "an error of the platform; the log has it under " + id)
                .named(id);
    }

    private static Problem ofWeb(WebApplicationException web) {
        if (web.getCause() instanceof Refusal refusal) {
            return refusal.problem();
        }
        int status = web.getResponse().getStatus();
        return Problem.of(
                status,
                switch (status) {
                    case 404 -> "no such path";
                    case 405 -> "this path does not know that method";
                    case 406 -> "none of the accepted media types can be given";
                    case 415 -> "this media type is not read here";
                    default -> "the request cannot be served";
                });
    }

    private static int status(VoteRefused.Reason reason) {
        return switch (reason) {
            case UNKNOWN -> 404;
            case NOT_ALLOWED -> 403;
            case EXPIRED -> 410;
            case ALREADY_VOTED, OTHER_PAYLOAD, CLOSED -> 409;
        };
    }

    private static String said(Throwable thrown) {
        return thrown.getMessage() == null ? "not possible" : thrown.getMessage();
    }
}
