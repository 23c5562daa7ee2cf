/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.rest;

import ai.king.access.Role;
import ai.king.inferences.Inferences;
import ai.king.signals.Signals;
import java.math.BigDecimal;
import java.util.List;
import javax.ws.rs.GET;
import javax.ws.rs.Path;
import javax.ws.rs.Produces;
import javax.ws.rs.core.MediaType;

/** Backends of models, and what watches the platform. */
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
public final class InferenceResource {

    private final Engines engines;

    InferenceResource(Engines engines) {
        this.engines = engines;
    }

    /** A backend of models. */
    public record BackendView(
            String name,
            String provider,
            List<String> models,
            String state,
            double load,
            String detail,
            long tokensToday,
            BigDecimal costToday) {
        static BackendView of(Inferences.Backend backend) {
            return new BackendView(
                    backend.name(),
                    backend.provider(),
                    backend.models(),
                    backend.state(),
                    backend.load(),
                    backend.detail(),
                    backend.tokensToday(),
                    backend.costToday());
        }
    }

    /** A breaker: {@code UP} is closed, {@code DOWN} is open. */
    public record BreakerView(String name, String state, String detail) {
        static BreakerView of(Inferences.Backend backend) {
            return new BreakerView("inference:" + backend.name(), backend.state(), backend.detail());
        }
    }

    /** A sink and how it keeps up. */
    public record SinkView(String name, long delivered, long lost, boolean failing) {
        static SinkView of(Signals.Sink sink) {
            return new SinkView(sink.name(), sink.delivered(), sink.lost(), sink.failing());
        }
    }

    @GET
    @Path("/inference/backends")
    @Needs(Role.VIEWER)
    @Says("The backends of models with their state")
    public Items<BackendView> backends() {
        return Items.all(engines.get(Inferences.class).backends(), BackendView::of);
    }

    @GET
    @Path("/monitoring/breakers")
    @Needs(Role.VIEWER)
    @Says("The breakers with their state")
    public Items<BreakerView> breakers() {
        return Items.all(engines.get(Inferences.class).backends(), BreakerView::of);
    }

    @GET
    @Path("/monitoring/sinks")
    @Needs(Role.VIEWER)
    @Says("The sinks of signals, and how they keep up")
    public Items<SinkView> sinks() {
        return Items.all(engines.get(Signals.class).sinks(), SinkView::of);
    }

    @GET
    @Path("/metrics")
    @Produces(MediaType.TEXT_PLAIN)
    @Needs(Role.VIEWER)
    @Says("Measures in Prometheus' text form; 404 where the sink prometheus is not installed")
    public String metrics() {
        return engines.get(Signals.class)
                .exposition("prometheus")
                .orElseThrow(() -> Refusal.of(404, "the sink prometheus is not installed"));
    }
}
