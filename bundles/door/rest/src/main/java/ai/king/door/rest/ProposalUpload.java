/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.rest;

import ai.king.access.Identity;
import ai.king.access.Role;
import ai.king.evolution.Evolution;
import ai.king.evolution.Proposal;
import ai.king.store.Actor.RequestKey;
import ai.king.store.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.servlet.ServletException;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import javax.servlet.http.Part;
import org.jspecify.annotations.Nullable;

/**
 * Proposals that come with a jar, as {@code multipart/form-data}; read here and not by CXF, whose attachments stay off.
 * Parts: {@code proposal} (JSON), {@code bundle} and, optional, {@code tests} (jars).
 */
final class ProposalUpload {

    /** Bytes of one jar at most. */
    static final long BUNDLE_LIMIT = 64L * 1024 * 1024;
    /** Bytes of a whole request at most: two jars, the proposal, and what separates them. */
    static final long REQUEST_LIMIT = 2 * BUNDLE_LIMIT + 2L * 1024 * 1024;

    private static final String PATH = ApiServlet.BASE + "/evolution/proposals";
    private static final Set<String> PARTS = Set.of("proposal", "bundle", "tests");

    private final Engines engines;
    private final JsonBody json = new JsonBody();
    private final Repeats repeats;

    ProposalUpload(Engines engines, Repeats repeats) {
        this.engines = engines;
        this.repeats = repeats;
    }

    boolean takes(HttpServletRequest request) {
        String type = request.getContentType();
        return request.getMethod().equals("POST")
                && PATH.equals(request.getRequestURI())
                && type != null
                && type.regionMatches(true, 0, "multipart/form-data", 0, "multipart/form-data".length());
    }

    void serve(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try {
            if (!(request.getAttribute(Caller.ATTRIBUTE) instanceof Identity identity)) {
                throw Refusal.of(401, "a name with its password, or a valid token, is needed");
            }
            if (!identity.has(Role.DEVELOPER)) {
                throw Refusal.of(403, "this needs the role developer");
            }
            propose(identity, request, response);
        } catch (ServletException | IOException | IllegalStateException e) {
            if (response.isCommitted()) {
                throw e instanceof IOException gone ? gone : new IOException(e);
            }
            write(response, problem(e));
        } catch (RuntimeException e) {
            write(response, Problems.of(e));
        }
    }

    /** The container says by IllegalStateException that a part is too large; an engine says so of a state. */
    private static Problem problem(Exception e) {
        boolean tooLarge = e instanceof IllegalStateException
                && e.getMessage() != null
                && e.getMessage().contains("exceeds max");
        if (tooLarge) {
            return Problem.of(413, "a jar may have " + BUNDLE_LIMIT + " bytes");
        }
        return e instanceof IllegalStateException state
                ? Problems.of(state)
                : Problem.of(400, "the multipart body is broken");
    }

    private void propose(Identity identity, HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        try (Received received = receive(request)) {
            String given = request.getHeader(Repeats.HEADER);
            if (given == null) {
                write(response, 202, json.write(accept(identity, received)));
                return;
            }
            RequestKey key = repeats.key(identity, PATH, given, received.digest());
            repeats.begin(key);
            try {
                Optional<Repeats.Earlier> earlier = repeats.earlier(key, PATH, identity);
                if (earlier.isPresent()) {
                    response.setHeader(Repeats.REPLAYED, "true");
                    write(response, earlier.get().status(), earlier.get().body().getBytes(StandardCharsets.UTF_8));
                    return;
                }
                byte[] answer = json.write(accept(identity.with(key), received));
                repeats.keep(key, 202, answer);
                write(response, 202, answer);
            } finally {
                repeats.end(key);
            }
        }
    }

    private Received receive(HttpServletRequest request) throws IOException, ServletException {
        Set<String> names = request.getParts().stream().map(Part::getName).collect(Collectors.toSet());
        if (!PARTS.containsAll(names) || names.size() != request.getParts().size()) {
            throw Refusal.of(422, "the parts are proposal, bundle and tests, each once");
        }
        Part proposal = request.getPart("proposal");
        if (proposal == null) {
            throw Refusal.at("/proposal", "this part is needed");
        }
        if (proposal.getSize() > JsonBody.LIMIT) {
            throw Refusal.of(413, "the part proposal has more than " + JsonBody.LIMIT + " bytes");
        }
        byte[] text;
        try (InputStream stream = proposal.getInputStream()) {
            text = stream.readAllBytes();
        }
        ProposalsResource.NewProposal parsed =
                (ProposalsResource.NewProposal) json.read(text, ProposalsResource.NewProposal.class);
        return new Received(
                parsed, Json.sha256(text), spool(request.getPart("bundle")), spool(request.getPart("tests")));
    }

    private static @Nullable Spool spool(@Nullable Part part) throws IOException {
        if (part == null) {
            return null;
        }
        try (InputStream stream = part.getInputStream()) {
            return Spool.of(stream, BUNDLE_LIMIT);
        }
    }

    private ProposalsResource.Accepted accept(Identity identity, Received received) throws IOException {
        try (InputStream bundle = open(received.bundle());
                InputStream tests = open(received.tests())) {
            Proposal proposal = engines.get(Evolution.class)
                    .propose(
                            identity,
                            received.proposal()
                                    .checked(
                                            received.bundle() == null ? Optional.empty() : Optional.of(bundle),
                                            received.tests() == null ? Optional.empty() : Optional.of(tests)));
            return ProposalsResource.Accepted.of(proposal);
        }
    }

    private static InputStream open(@Nullable Spool spool) throws IOException {
        return spool == null ? InputStream.nullInputStream() : spool.open();
    }

    private void write(HttpServletResponse response, Problem problem) throws IOException {
        response.setContentType(Problem.MEDIA_TYPE);
        if (problem.status() == 503) {
            response.setHeader("Retry-After", "2");
        }
        response.setStatus(problem.status());
        response.getOutputStream().write(json.write(problem));
    }

    private static void write(HttpServletResponse response, int status, byte[] body) throws IOException {
        response.setContentType("application/json");
        response.setStatus(status);
        response.getOutputStream().write(body);
    }

    /** The parts of an upload. */
    private record Received(
            ProposalsResource.NewProposal proposal, String textDigest, @Nullable Spool bundle, @Nullable Spool tests)
            implements AutoCloseable {
        /** Over what the parts say, not over the bytes between them: those differ from try to try. */
        String digest() {
            return Json.sha256(textDigest + " " + digest(bundle) + " " + digest(tests));
        }

        private static String digest(@Nullable Spool spool) {
            return spool == null ? "-" : spool.digest();
        }

        @Override
        public void close() throws IOException {
            if (bundle != null) {
                bundle.close();
            }
            if (tests != null) {
                tests.close();
            }
        }
    }
}
