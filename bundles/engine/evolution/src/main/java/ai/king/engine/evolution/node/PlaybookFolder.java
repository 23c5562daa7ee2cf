/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution.node;

import ai.king.engine.evolution.content.PlaybookText;
import ai.king.evolution.Release.Item;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.osgi.framework.BundleContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The playbooks that travel with the distribution, {@code <id>.yaml} each: they are in the first release, and proposed to a database that had its own before. */
public final class PlaybookFolder {

    private static final Logger LOG = LoggerFactory.getLogger(PlaybookFolder.class);
    private static final String SUFFIX = ".yaml";

    private final Path folder;

    PlaybookFolder(Path folder) {
        this.folder = folder;
    }

    /** {@code king.playbooks}, or {@code playbooks} beside the settings of the site. */
    public static PlaybookFolder of(BundleContext context) {
        String chosen = context.getProperty("king.playbooks");
        String etc = context.getProperty("karaf.etc");
        return new PlaybookFolder(
                chosen != null && !chosen.isBlank() ? Path.of(chosen) : Path.of(etc == null ? "" : etc, "playbooks"));
    }

    /** What cannot even be a playbook by its name or length is left out, and said. */
    public List<Item> items() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        List<Item> items = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(path -> path.toString().endsWith(SUFFIX))
                    .sorted()
                    .toList()) {
                String name = file.getFileName().toString();
                try {
                    String id = name.substring(0, name.length() - SUFFIX.length());
                    items.add(PlaybookText.first(id, Files.readString(file)));
                } catch (IllegalArgumentException e) {
                    LOG.warn("{} is no playbook: {}", file, e.getMessage());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(folder + " cannot be read", e);
        }
        return items;
    }
}
