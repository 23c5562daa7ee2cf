/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.rest;

import ai.king.access.Role;
import ai.king.business.Playbook;
import ai.king.business.Playbooks;
import ai.king.evolution.Evolution;
import ai.king.evolution.Proposal;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import javax.ws.rs.Consumes;
import javax.ws.rs.GET;
import javax.ws.rs.POST;
import javax.ws.rs.Path;
import javax.ws.rs.PathParam;
import javax.ws.rs.Produces;
import javax.ws.rs.QueryParam;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.MediaType;
import org.jspecify.annotations.Nullable;

/** Playbooks: how kinds of businesses are built. */
@Path("/playbooks")
@Produces(MediaType.APPLICATION_JSON)
public final class PlaybooksResource {

    private static final int LIMIT = 256 * 1024;
    private static final int TITLE_LIMIT = 200;
    private static final int DESCRIPTION_LIMIT = 20_000;

    private final Engines engines;

    PlaybooksResource(Engines engines) {
        this.engines = engines;
    }

    /** @param yaml the text itself; lists leave it out */
    public record PlaybookView(String id, String version, String sha256, Playbook playbook, @Nullable String yaml) {

        static PlaybookView brief(Playbooks.Stored one) {
            return new PlaybookView(one.id(), one.version(), one.sha256(), one.playbook(), null);
        }

        static PlaybookView of(Playbooks.Stored one) {
            return new PlaybookView(one.id(), one.version(), one.sha256(), one.playbook(), one.text());
        }
    }

    /** The proposal that a playbook became. */
    public record Proposed(String proposalId) {}

    @GET
    @Needs(Role.VIEWER)
    @Says("The playbooks that runs begin with")
    public Items<PlaybookView> list() {
        return Items.all(engines.get(Playbooks.class).all(), PlaybookView::brief);
    }

    @GET
    @Path("/{id}")
    @Needs(Role.VIEWER)
    @Says("A playbook with its text")
    public PlaybookView get(@PathParam("id") String id) {
        return engines.get(Playbooks.class)
                .find(id)
                .map(PlaybookView::of)
                .orElseThrow(() -> Refusal.unknown("playbook", id));
    }

    @POST
    @Consumes({"application/yaml", "application/x-yaml", "text/yaml", MediaType.APPLICATION_JSON})
    @Needs(Role.DEVELOPER)
    @Says(
            value = "Files a PLAYBOOK proposal: YAML or JSON, new or instead of the one of this id (its type where "
                    + "nothing is said); 422 with line and reason for what is no playbook",
            status = 202)
    public Proposed propose(
            @QueryParam("id") @Nullable String id,
            @QueryParam("title") @Nullable String title,
            @QueryParam("description") @Nullable String description,
            InputStream body,
            @Context Caller caller) {
        new Checks()
                .atMost(title, TITLE_LIMIT, "?title")
                .atMost(description, DESCRIPTION_LIMIT, "?description")
                .pass();
        String text = text(body);
        Playbook playbook = engines.get(Playbooks.class).check(text);
        Proposal proposal = engines.get(Evolution.class)
                .propose(
                        caller.identity(),
                        new Evolution.NewProposal(
                                Proposal.Kind.PLAYBOOK,
                                title == null || title.isBlank() ? "Playbook " + playbook.name() : title,
                                description == null ? "" : description,
                                Map.of("id", id == null ? playbook.type() : id, "yaml", text),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty()));
        return new Proposed(proposal.id());
    }

    private static String text(InputStream body) {
        try {
            byte[] bytes = body.readNBytes(LIMIT + 1);
            if (bytes.length > LIMIT) {
                throw Refusal.of(413, "a playbook may have " + LIMIT + " bytes");
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw Refusal.of(400, "the body is not UTF-8");
        } catch (IOException e) {
            throw Refusal.of(400, "the request could not be read to its end");
        }
    }
}
