/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.rest;

import ai.king.access.Role;
import ai.king.business.Business;
import ai.king.business.Businesses;
import ai.king.business.PlaybookRun;
import ai.king.business.Playbooks;
import ai.king.gate.Gate;
import ai.king.work.Goals;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import javax.ws.rs.Consumes;
import javax.ws.rs.GET;
import javax.ws.rs.PATCH;
import javax.ws.rs.POST;
import javax.ws.rs.Path;
import javax.ws.rs.PathParam;
import javax.ws.rs.Produces;
import javax.ws.rs.QueryParam;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.MediaType;
import org.jspecify.annotations.Nullable;

/** Businesses and their figures. */
@Path("/businesses")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class BusinessesResource {

    /** Bytes of an import at most. */
    static final long CSV_LIMIT = 256L * 1024 * 1024;

    private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");
    private static final int NAME_LIMIT = 200;

    private final Engines engines;

    BusinessesResource(Engines engines) {
        this.engines = engines;
    }

    /** A business as it is made; the currency is USD where nothing is said. */
    public record NewBusiness(
            @Nullable String name,
            @Nullable String type,
            @Nullable String niche,
            @Nullable String currency,
            @Nullable String riskProfile) {}

    /** What is changed; null members stay. */
    public record BusinessChange(@Nullable String name, @Nullable String niche, @Nullable String riskProfile) {}

    /** Where a business is to go. */
    public record Transition(Business.@Nullable Status to, @Nullable String notes) {}

    @POST
    @Needs(Role.OPERATOR)
    @Says(value = "Makes a business", status = 201)
    public BusinessView create(NewBusiness body, @Context Caller caller) {
        String currency = body.currency() == null ? "USD" : body.currency();
        new Checks()
                .needed(body.name(), "/name")
                .atMost(body.name(), NAME_LIMIT, "/name")
                .needed(body.type(), "/type")
                .atMost(body.type(), NAME_LIMIT, "/type")
                .atMost(body.niche(), NAME_LIMIT, "/niche")
                .expect(CURRENCY.matcher(currency).matches(), "/currency", "must be three upper-case letters")
                .expect(knownProfile(body.riskProfile()), "/riskProfile", "no such risk profile")
                .pass();
        return view(businesses()
                .create(
                        caller.actor(),
                        new Businesses.NewBusiness(
                                String.valueOf(body.name()),
                                String.valueOf(body.type()),
                                body.niche(),
                                currency,
                                body.riskProfile())));
    }

    @GET
    @Needs(Role.VIEWER)
    @Says("Businesses, newest first, without their figures")
    public Items<BusinessView> list(
            @QueryParam("cursor") @Nullable String cursor, @QueryParam("limit") @Nullable String limit) {
        Slice slice = Slice.of(cursor, limit);
        return Items.of(businesses().page(slice.cursor(), slice.limit()), BusinessView::brief);
    }

    @GET
    @Path("/{id}")
    @Needs(Role.VIEWER)
    @Says("A business with the revenue and the expenses of all its records")
    public BusinessView get(@PathParam("id") String id) {
        return view(find(id));
    }

    @PATCH
    @Path("/{id}")
    @Needs(Role.OPERATOR)
    @Says("Changes what is given")
    public BusinessView change(@PathParam("id") String id, BusinessChange body, @Context Caller caller) {
        new Checks()
                .expect(body.name() == null || !body.name().isBlank(), "/name", "must not be empty")
                .atMost(body.name(), NAME_LIMIT, "/name")
                .atMost(body.niche(), NAME_LIMIT, "/niche")
                .expect(knownProfile(body.riskProfile()), "/riskProfile", "no such risk profile")
                .pass();
        find(id);
        return view(businesses()
                .change(caller.actor(), id, new Businesses.Change(body.name(), body.niche(), body.riskProfile())));
    }

    @POST
    @Path("/{id}/transitions")
    @Needs(Role.OPERATOR)
    @Says("Moves a business to another stage; 409 with the requirements that are not met")
    public BusinessView transition(@PathParam("id") String id, Transition body, @Context Caller caller) {
        Business.Status to = body.to();
        if (to == null) {
            throw Refusal.at("/to", "is needed");
        }
        new Checks().atMost(body.notes(), 2_000, "/notes").pass();
        find(id);
        return view(businesses().transition(caller.actor(), id, to, body.notes() == null ? "" : body.notes()));
    }

    /** With which playbook. */
    public record NewRun(@Nullable String playbookId) {}

    @POST
    @Path("/{id}/playbook-runs")
    @Needs(Role.OPERATOR)
    @Says(value = "Takes a business through a playbook, from the stage that it is in", status = 202)
    public PlaybookRunView run(@PathParam("id") String id, NewRun body, @Context Caller caller) {
        new Checks().needed(body.playbookId(), "/playbookId").pass();
        find(id);
        PlaybookRun run = engines.get(Playbooks.class).start(caller.actor(), id, String.valueOf(body.playbookId()));
        return PlaybookRunView.of(run, engines.get(Goals.class));
    }

    @GET
    @Path("/{id}/health")
    @Needs(Role.VIEWER)
    @Says("The health score with what was taken off, and why")
    public Businesses.Health health(@PathParam("id") String id) {
        find(id);
        return businesses().health(id);
    }

    @GET
    @Path("/{id}/pnl")
    @Needs(Role.VIEWER)
    @Says("Revenue, costs and margin by period; the last twelve months by month where nothing is said")
    public Items<PeriodView> pnl(
            @PathParam("id") String id,
            @QueryParam("from") @Nullable String from,
            @QueryParam("to") @Nullable String to,
            @QueryParam("by") @Nullable String by) {
        find(id);
        LocalDate until = to == null ? LocalDate.now(ZoneOffset.UTC) : date(to, "?to");
        LocalDate since = from == null ? until.minusMonths(12).withDayOfMonth(1) : date(from, "?from");
        if (since.isAfter(until)) {
            throw Refusal.at("?from", "lies after to");
        }
        String grain = by == null ? "month" : by;
        if (!List.of("day", "week", "month").contains(grain)) {
            throw Refusal.at("?by", "must be one of day, week, month");
        }
        return Items.all(
                businesses().pnl(id, since, until, Businesses.Grain.valueOf(grain.toUpperCase(Locale.ROOT))),
                PeriodView::of);
    }

    private static LocalDate date(String text, String pointer) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            throw Refusal.at(pointer, "must be a date such as 2026-03-31");
        }
    }

    private boolean knownProfile(@Nullable String name) {
        return name == null
                || engines.get(Gate.class).profiles().stream()
                        .anyMatch(profile -> profile.name().equals(name));
    }

    private BusinessView view(Business business) {
        LocalDate now = LocalDate.now(ZoneOffset.UTC);
        return BusinessView.of(
                business,
                businesses().pnl(business.id(), LocalDate.EPOCH, now.plusYears(1), Businesses.Grain.MONTH),
                businesses().kindsWithRows(business.id()));
    }

    private Business find(String id) {
        return businesses().find(id).orElseThrow(() -> Refusal.unknown("business", id));
    }

    private Businesses businesses() {
        return engines.get(Businesses.class);
    }
}
