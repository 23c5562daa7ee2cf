/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.rest;

import java.util.List;

/** What the endpoint is made of. */
final class Resources implements AutoCloseable {

    private final Engines engines;
    private final Installation installation;
    private final Repeats repeats;
    private final KeepAlive keepAlive = new KeepAlive(KeepAlive.USUAL);
    private final JsonBody json = new JsonBody();

    Resources(Engines engines, Installation installation) {
        this.engines = engines;
        this.installation = installation;
        this.repeats = new Repeats(engines);
    }

    Repeats repeats() {
        return repeats;
    }

    List<Object> all() {
        return List.of(
                new HealthResource(engines, installation),
                new GoalsResource(engines),
                new ChatResource(engines, keepAlive),
                new AgentsResource(engines),
                new ApprovalsResource(engines),
                new BusinessesResource(engines),
                new RecordsResource(engines),
                new PlaybooksResource(engines),
                new PlaybookRunsResource(engines),
                new ProposalsResource(engines),
                new ReleasesResource(engines),
                new HistoryResource(engines),
                new UsersResource(engines),
                new TokensResource(engines),
                new SystemResource(engines, installation),
                new InferenceResource(engines),
                new ToolsResource(engines),
                new PlugsResource(engines),
                new RiskResource(engines),
                new AuditResource(engines),
                new ReportsResource(engines),
                new DocsResource());
    }

    List<Object> providers() {
        return List.of(json, new Problems(), new Authorization(), new RepeatedRequests(repeats, json));
    }

    @Override
    public void close() {
        keepAlive.close();
    }
}
