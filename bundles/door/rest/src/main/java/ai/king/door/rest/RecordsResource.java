/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.rest;

import ai.king.access.Role;
import ai.king.business.Businesses;
import ai.king.business.StoredDocument;
import ai.king.store.Payloads;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.ws.rs.Consumes;
import javax.ws.rs.GET;
import javax.ws.rs.HeaderParam;
import javax.ws.rs.POST;
import javax.ws.rs.Path;
import javax.ws.rs.PathParam;
import javax.ws.rs.Produces;
import javax.ws.rs.QueryParam;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/** Records and documents of a business. */
@Path("/businesses")
@Produces(MediaType.APPLICATION_JSON)
public final class RecordsResource {

    private static final long DOCUMENT_LIMIT = 25L * 1024 * 1024;
    private static final int NAME_LIMIT = 200;

    private final Engines engines;

    RecordsResource(Engines engines) {
        this.engines = engines;
    }

    /** What became of an import. */
    public record ImportView(long accepted, List<Businesses.Rejected> rejected) {}

    /** A document without its bytes. */
    public record DocumentView(
            String id, String name, String mediaType, String sha256, long size, boolean readable, Instant createdAt) {
        static DocumentView of(StoredDocument document) {
            return new DocumentView(
                    document.id(),
                    document.name(),
                    document.mediaType(),
                    document.sha256(),
                    document.size(),
                    document.text() != null,
                    document.createdAt());
        }
    }

    @POST
    @Path("/{id}/records")
    @Consumes("text/csv")
    @Needs(Role.OPERATOR)
    @Says(
            value = "Imports a CSV with a header: all of it, or with partial=true its good lines; "
                    + "422 with each bad line and the reason when nothing was taken",
            type = ImportView.class)
    public Response importCsv(
            @PathParam("id") String id,
            @QueryParam("kind") @Nullable String kind,
            @QueryParam("partial") @Nullable String partial,
            InputStream csv,
            @Context Caller caller) {
        String known = kind(id, kind);
        return answer(businesses()
                .importCsv(caller.actor(), id, known, new Limited(csv, BusinessesResource.CSV_LIMIT), flag(partial)));
    }

    @POST
    @Path("/{id}/records")
    @Consumes(MediaType.APPLICATION_JSON)
    @Needs(Role.OPERATOR)
    @Says(value = "Imports rows given as a JSON array of objects", type = ImportView.class)
    public Response importRows(
            @PathParam("id") String id,
            @QueryParam("kind") @Nullable String kind,
            @QueryParam("partial") @Nullable String partial,
            List<Map<String, Object>> rows,
            @Context Caller caller) {
        return answer(
                businesses().importRows(caller.actor(), id, kind(id, kind), new ArrayList<>(rows), flag(partial)));
    }

    @POST
    @Path("/{id}/documents")
    @Consumes(MediaType.WILDCARD)
    @Needs(Role.OPERATOR)
    @Says(value = "Stores one document of up to 25 MiB under a name", status = 201)
    public DocumentView addDocument(
            @PathParam("id") String id,
            @QueryParam("name") @Nullable String name,
            @HeaderParam("Content-Type") @Nullable String mediaType,
            InputStream bytes,
            @Context Caller caller) {
        new Checks().needed(name, "?name").atMost(name, NAME_LIMIT, "?name").pass();
        find(id);
        return DocumentView.of(businesses()
                .addDocument(
                        caller.actor(),
                        id,
                        String.valueOf(name),
                        mediaType == null ? MediaType.APPLICATION_OCTET_STREAM : mediaType,
                        new Limited(bytes, DOCUMENT_LIMIT)));
    }

    @GET
    @Path("/{id}/documents")
    @Needs(Role.VIEWER)
    @Says("The documents of a business, newest first")
    public Items<DocumentView> documents(@PathParam("id") String id) {
        find(id);
        return Items.all(businesses().documents(id), DocumentView::of);
    }

    @GET
    @Path("/{id}/documents/{document}/content")
    @Produces(MediaType.WILDCARD)
    @Needs(Role.VIEWER)
    @Says("The bytes of a document, as an attachment")
    public Response content(@PathParam("id") String id, @PathParam("document") String document) {
        find(id);
        StoredDocument found = businesses()
                .document(document)
                .filter(each -> each.businessId().equals(id))
                .orElseThrow(() -> Refusal.unknown("document", document));
        return Download.of(
                found,
                engines.get(Payloads.class)
                        .open(found.sha256())
                        .orElseThrow(() -> Refusal.of(404, "the bytes of document " + document + " were erased")));
    }

    /** Nothing was taken because of what was rejected: 422, with one place for each line. */
    private static Response answer(Businesses.Imported imported) {
        ImportView view = new ImportView(imported.accepted(), imported.rejected());
        boolean refused = imported.accepted() == 0 && !imported.rejected().isEmpty();
        return Response.status(refused ? 422 : 200).entity(view).build();
    }

    private String kind(String id, @Nullable String kind) {
        find(id);
        if (kind == null || !businesses().kinds().containsKey(kind)) {
            throw Refusal.at("?kind", "must be one of " + businesses().kinds().keySet());
        }
        return kind;
    }

    private static boolean flag(@Nullable String value) {
        if (value == null || value.equals("false")) {
            return false;
        }
        if (value.equals("true")) {
            return true;
        }
        throw Refusal.at("?partial", "must be true or false");
    }

    private void find(String id) {
        if (businesses().find(id).isEmpty()) {
            throw Refusal.unknown("business", id);
        }
    }

    private Businesses businesses() {
        return engines.get(Businesses.class);
    }
}
