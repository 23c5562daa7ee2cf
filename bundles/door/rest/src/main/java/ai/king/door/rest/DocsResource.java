/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.rest;

import ai.king.access.Role;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import javax.ws.rs.GET;
import javax.ws.rs.Path;
import javax.ws.rs.Produces;
import javax.ws.rs.core.MediaType;

/** The description of this API. It is made at build time from the annotations, so that nothing is scanned at run time. */
@Path("/openapi.json")
public final class DocsResource {

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Needs(Role.VIEWER)
    @Says(value = "This document", type = Object.class)
    public byte[] openApi() {
        try (InputStream document = DocsResource.class.getResourceAsStream("openapi.json")) {
            if (document == null) {
                throw new IllegalStateException("the bundle has no openapi.json");
            }
            return document.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
