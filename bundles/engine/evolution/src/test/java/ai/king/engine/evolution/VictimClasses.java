/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution;

import static org.assertj.core.api.Assertions.assertThat;

import ai.king.engine.store.ArchivedClasses;
import ai.king.engine.store.OpenDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Starts the processes that are killed, from an archive of their classes. */
final class VictimClasses {

    private final Path folder;
    private final ArchivedClasses classes;

    VictimClasses(Path folder) throws IOException {
        this.folder = folder;
        this.classes = new ArchivedClasses(folder);
    }

    /** One life on a database of its own, to its orderly end, that leaves the archive. */
    VictimClasses archived() throws IOException, InterruptedException {
        Path site = Files.createDirectories(folder.resolve("archive"));
        Path log = folder.resolve("archive.log");
        EvolutionKillProof.plugs(site);
        EvolutionVictim victim = EvolutionVictim.start(
                        classes.archiving(), OpenDatabase.h2(site.resolve("h2")), "king", site, log)
                .orElseThrow(() -> new AssertionError("it did not start, see " + log));
        try {
            victim.post("/propose", "live 1");
            EvolutionKillProof.settled(victim).orElseThrow();
            victim.post("/end", "");
            assertThat(victim.diesWithin(60)).isTrue();
        } finally {
            victim.kill();
        }
        return this;
    }

    Optional<EvolutionVictim> start(List<String> more, String url, String user, Path site, Path log)
            throws IOException {
        List<String> options = new ArrayList<>(classes.options());
        options.addAll(more);
        return EvolutionVictim.start(options, url, user, site, log);
    }
}
