/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution.mutants;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.king.evolution.Jail;
import ai.king.jail.warden.Warden;
import ai.king.kit.Configs;
import ai.king.store.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Real agents changed by a seeded generator go through checks, jail and canary. 40 with a fixed seed;
 * {@code -Dking.mutants=400} makes as many with a fresh one, {@code -Dking.seed=N} with that one.
 */
class MutantsTest {

    private static final Logger LOG = LoggerFactory.getLogger(MutantsTest.class);
    private static final int BAD = 40;
    private static final int GOOD = 10;
    private static final long SEED = 20261122;

    @TempDir
    Path work;

    @Test
    void whatReachesForGateEvaluatorThresholdsOrLedgerIsStoppedAndGoodOnesPass()
            throws IOException, ReflectiveOperationException {
        int bad = Integer.getInteger("king.mutants", BAD);
        int good = bad == BAD ? GOOD : Math.max(GOOD, bad / 8);
        long seed = Long.getLong("king.seed", bad == BAD ? SEED : System.nanoTime());
        Object config = Configs.defaults(type("ai.king.jail.warden.Warden$Config"));
        Jail jail = (Jail) Warden.class.getConstructors()[0].newInstance(config);
        assumeTrue(!jail.tier().equals("NONE"), () -> "no jail on this machine: " + jail.missing());
        Campaign campaign;
        try {
            campaign = Campaign.run(work, jail, seed, bad, good);
        } finally {
            close(jail);
        }
        Files.writeString(Path.of("target/mutants.txt"), campaign.table() + "\n" + campaign.lines() + "\n");
        Files.writeString(Path.of("target/mutants.json"), Json.write(campaign.figures()));
        LOG.info("\n{}", campaign.table());
        assertThat(campaign.of(Family.TOUCHING_GATE))
                .as("%s", campaign.lines())
                .isNotEmpty()
                .noneMatch(outcome -> outcome.by() == Outcome.Stop.NOTHING);
        List<Outcome> sound = campaign.of(Family.SOUND);
        assertThat(sound.stream().filter(one -> one.by() != Outcome.Stop.NOTHING))
                .as("good ones refused of %s", sound.size())
                .hasSizeLessThanOrEqualTo(sound.size() / 10);
    }

    private static Class<?> type(String name) throws ClassNotFoundException {
        return Class.forName(name);
    }

    private static void close(Jail jail) throws ReflectiveOperationException {
        var close = jail.getClass().getDeclaredMethod("close");
        close.setAccessible(true);
        close.invoke(jail);
    }
}
