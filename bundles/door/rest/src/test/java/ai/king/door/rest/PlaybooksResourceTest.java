/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.rest;

import static org.assertj.core.api.Assertions.assertThat;

import ai.king.access.Identity;
import ai.king.business.Business;
import ai.king.business.Businesses;
import ai.king.business.Playbook;
import ai.king.business.PlaybookRefused;
import ai.king.business.PlaybookRun;
import ai.king.business.PlaybookRun.StageRun;
import ai.king.business.Playbooks;
import ai.king.evolution.Evolution;
import ai.king.evolution.Proposal;
import ai.king.store.Actor;
import ai.king.work.Goals;
import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Playbooks and their runs over HTTP. */
final class PlaybooksResourceTest {

    private static final Playbook SHOP = new Playbook(
            "Shop",
            "shop",
            "d",
            BigDecimal.TEN,
            List.of(),
            List.of(new Playbook.Stage(
                    "look",
                    Business.Status.DISCOVERY,
                    1,
                    BigDecimal.TEN,
                    List.of(new Playbook.Step("first", "research", "web_search", List.of(), Map.of())))));

    private final Door door = new Door();
    private final List<String> said = new ArrayList<>();

    @BeforeEach
    void open() {
        door.engines.with(Playbooks.class, new OnePlaybook());
        door.engines.with(Goals.class, new OneGoal());
        door.engines.with(Businesses.class, one(Businesses.class, "find", arguments -> Optional.of(business())));
        door.engines.with(Evolution.class, one(Evolution.class, "propose", arguments -> {
            Evolution.NewProposal wanted = (Evolution.NewProposal) arguments[1];
            said.add(((Identity) arguments[0]).name() + " " + wanted.kind() + " " + wanted.title() + " "
                    + new TreeMap<>(wanted.change()));
            return proposal();
        }));
    }

    @AfterEach
    void close() {
        door.close();
    }

    private interface Answer {
        Object to(Object[] arguments);
    }

    private static <T> T one(Class<T> type, String name, Answer answer) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    if (!method.getName().equals(name)) {
                        throw new UnsupportedOperationException(method.getName());
                    }
                    return answer.to(arguments);
                }));
    }

    private static Business business() {
        return new Business(
                "b1",
                "Shop",
                "shop",
                null,
                "USD",
                Business.Status.DISCOVERY,
                null,
                null,
                Instant.EPOCH,
                Instant.EPOCH,
                0);
    }

    private static Proposal proposal() {
        return new Proposal(
                "p1",
                Proposal.Kind.PLAYBOOK,
                "t",
                "",
                Proposal.Origin.DEVELOPER,
                "ada",
                Proposal.Status.DRAFT,
                "LOW",
                null,
                Map.of(),
                Map.of(),
                null,
                null,
                "jail",
                List.of(),
                null,
                null,
                "",
                null,
                Instant.EPOCH,
                Instant.EPOCH,
                0);
    }

    private Door.Answer send(String user, String type, String text) {
        return door.send(
                door.as(user, "/playbooks").header("Content-Type", type).POST(BodyPublishers.ofString(text)));
    }

    @Test
    void showsPlaybooks() {
        assertThat(door.get("viewer", "/playbooks").json().get("items").toString())
                .contains("id=shop")
                .doesNotContain("name: shop");
        assertThat(door.get("viewer", "/playbooks/shop").json()).containsEntry("yaml", "name: shop");
        assertThat(door.get("viewer", "/playbooks/none").status()).isEqualTo(404);
    }

    @Test
    void filesAProposalOfYamlOrJson() {
        assertThat(send("developer", "application/yaml", "name: shop").json()).containsEntry("proposalId", "p1");
        assertThat(send("developer", "application/json", "{\"name\": \"shop\"}").status())
                .isEqualTo(202);
        assertThat(said)
                .containsExactly(
                        "developer PLAYBOOK Playbook Shop {id=shop, yaml=name: shop}",
                        "developer PLAYBOOK Playbook Shop {id=shop, yaml={\"name\": \"shop\"}}");
        assertThat(send("operator", "application/yaml", "name: shop").status()).isEqualTo(403);
    }

    @Test
    void saysWhereAPlaybookIsWrong() {
        Door.Answer refused = send("developer", "text/yaml", "bad");
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.json().get("detail")).isEqualTo("line 3: no such key");
        assertThat(refused.json().get("errors").toString()).contains("/line/3").contains("no such key");
        assertThat(said).isEmpty();
    }

    @Test
    void takesABusinessThroughAPlaybookAndHearsWhatNoRecordShows() {
        Door.Answer begun = door.post("operator", "/businesses/b1/playbook-runs", "{\"playbookId\":\"shop\"}");
        assertThat(begun.status()).isEqualTo(202);
        assertThat(begun.json()).containsEntry("status", "RUNNING").containsEntry("stage", "look");
        assertThat(begun.json().get("steps").toString()).contains("name=first").contains("status=PENDING");
        assertThat(door.get("viewer", "/playbook-runs/r1").json()).containsEntry("businessId", "b1");
        assertThat(door.get("viewer", "/playbook-runs/r2").status()).isEqualTo(404);
        assertThat(door.post("operator", "/playbook-runs/r1/facts", "{\"facts\":{\"seen\":2.50,\"live\":true}}")
                        .status())
                .isEqualTo(200);
        assertThat(said).containsExactly("operator starts b1 shop", "operator says {seen=2.5, live=true}");
        assertThat(door.post("operator", "/playbook-runs/r1/facts", "{\"facts\":{\"seen\":\"many\"}}")
                        .status())
                .isEqualTo(422);
        assertThat(door.post("viewer", "/playbook-runs/r1/cancel", "{}").status())
                .isEqualTo(403);
    }

    /** One playbook, one run. */
    private final class OnePlaybook implements Playbooks {

        @Override
        public List<Stored> all() {
            return List.of(new Stored("shop", "1", "00", "name: shop", SHOP));
        }

        @Override
        public Optional<Stored> find(String id) {
            return all().stream().filter(one -> one.id().equals(id)).findFirst();
        }

        @Override
        public Playbook check(String text) {
            if (text.equals("bad")) {
                throw new PlaybookRefused(List.of(new PlaybookRefused.Fault(3, "no such key")));
            }
            return SHOP;
        }

        @Override
        public PlaybookRun start(Actor by, String businessId, String playbookId) {
            said.add(by.name() + " starts " + businessId + " " + playbookId);
            return theRun();
        }

        private PlaybookRun theRun() {
            StageRun stage = new StageRun("look", "RUNNING", BigDecimal.TEN, "g1", null, null, null, List.of());
            return new PlaybookRun(
                    "r1",
                    "b1",
                    "shop",
                    "00",
                    SHOP,
                    PlaybookRun.Status.RUNNING,
                    0,
                    List.of(stage),
                    Map.of(),
                    "ann",
                    null,
                    Instant.EPOCH,
                    null,
                    0);
        }

        @Override
        public Optional<PlaybookRun> run(String id) {
            return Optional.of(theRun()).filter(run -> run.id().equals(id));
        }

        @Override
        public PlaybookRun cancel(Actor by, String id) {
            return theRun();
        }

        @Override
        public PlaybookRun report(Actor by, String id, Map<String, String> facts) {
            said.add(by.name() + " says " + facts);
            return theRun();
        }
    }
}
