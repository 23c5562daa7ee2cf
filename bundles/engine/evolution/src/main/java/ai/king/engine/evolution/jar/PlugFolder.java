/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution.jar;

import ai.king.evolution.Release.Item;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The plugs that travel with the distribution: jars, and beside them their configurations {@code <pid>[-<name>].cfg}. */
public final class PlugFolder {

    private static final Logger LOG = LoggerFactory.getLogger(PlugFolder.class);

    private static final String TESTS = "-tests.jar";

    private final Path folder;

    public PlugFolder(Path folder) {
        this.folder = folder;
    }

    /**
     * A jar of the folder and the plugs that its configurations make.
     *
     * @param digest lower-case hex SHA-256 of the file
     */
    public record Shipped(Path file, String digest, PlugJar jar, List<Item> items) {}

    /** Everything that is there, in order of file name; empty when there is no such folder. */
    public List<Shipped> read() {
        List<Shipped> all = new ArrayList<>();
        for (Path file : bundles()) {
            try {
                PlugJar jar = PlugJar.read(file);
                String digest = digest(file);
                all.add(new Shipped(file, digest, jar, items(jar, digest)));
            } catch (PlugJar.NotABundle | IOException e) {
                LOG.error("{} is left out of the first release: {}", file, e.getMessage());
            }
        }
        return all;
    }

    /** The tests that lie beside the jar with this digest, as {@code <jar>-tests.jar}; empty where there are none. */
    public Optional<Path> tests(String digest) throws IOException {
        for (Path file : bundles()) {
            Path tests = file.resolveSibling(file.getFileName().toString().replaceFirst("\\.jar$", TESTS));
            if (Files.exists(tests) && digest(file).equals(digest)) {
                return Optional.of(tests);
            }
        }
        return Optional.empty();
    }

    private List<Path> bundles() {
        return files(".jar").stream()
                .filter(file -> !file.toString().endsWith(TESTS))
                .toList();
    }

    private List<Item> items(PlugJar jar, String digest) throws IOException {
        Map<String, Item> items = new TreeMap<>();
        for (Path cfg : files(".cfg")) {
            String base = cfg.getFileName().toString().replaceFirst("\\.cfg$", "");
            for (Component plug : jar.plugs()) {
                boolean named = base.startsWith(plug.pid() + "-");
                if (!named && !base.equals(plug.pid())) {
                    continue;
                }
                Map<String, Object> values = values(cfg);
                if (named) {
                    values.putIfAbsent(
                            plug.nameProperty().orElseThrow(),
                            base.substring(plug.pid().length() + 1));
                }
                String name = plug.plugName(values).orElse("");
                Item before = items.putIfAbsent(
                        plug.pid() + "/" + name,
                        new Item(
                                plug.pid(),
                                name,
                                plug.type().orElseThrow(),
                                digest,
                                jar.version().toString(),
                                values,
                                "platform"));
                if (name.isEmpty() || before != null) {
                    LOG.error("{} is left out: its plug has no name of its own", cfg);
                    items.remove(plug.pid() + "/");
                }
            }
        }
        return List.copyOf(items.values());
    }

    private static Map<String, Object> values(Path cfg) throws IOException {
        Properties properties = new Properties();
        try (Reader in = new InputStreamReader(Files.newInputStream(cfg), StandardCharsets.UTF_8)) {
            properties.load(in);
        }
        Map<String, Object> values = new TreeMap<>();
        properties.stringPropertyNames().forEach(key -> values.put(key, properties.getProperty(key)));
        return values;
    }

    private List<Path> files(String ending) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            LOG.error("The folder {} cannot be read: {}", folder, e.getMessage());
            return List.of();
        }
    }

    private static String digest(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file);
                DigestInputStream digesting = new DigestInputStream(in, MessageDigest.getInstance("SHA-256"))) {
            digesting.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(digesting.getMessageDigest().digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
