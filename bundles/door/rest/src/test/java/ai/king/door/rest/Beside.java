/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.rest;

import ai.king.access.Role;
import javax.ws.rs.GET;
import javax.ws.rs.HeaderParam;
import javax.ws.rs.Path;
import javax.ws.rs.PathParam;
import javax.ws.rs.Produces;
import javax.ws.rs.QueryParam;

/** What other doors and plugs answer under the same base; stands here for the OpenAPI document only. */
@Path("/")
interface Beside {

    @GET
    @Path("/goals/{id}/events")
    @Produces("text/event-stream")
    @Needs(Role.VIEWER)
    @Says("What happens to a goal as server-sent events: step, note, approval, done; Last-Event-ID resumes")
    String goalEvents(@PathParam("id") String id, @HeaderParam("Last-Event-ID") String after);

    @GET
    @Path("/events")
    @Produces("text/event-stream")
    @Needs(Role.VIEWER)
    @Says("Events of channels (global, business:<id>, goal:<id>) as server-sent events; Last-Event-ID resumes")
    String events(@QueryParam("channels") String channels, @HeaderParam("Last-Event-ID") String after);
}
