/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.brain.playbook;

import ai.king.brain.Intent;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A sentence whose intent is known. */
record Example(String text, Intent.Type type, Intent.Action action) {

    /** The examples that stand beside this class: one file a kind, {@code intents/TYPE.ACTION.txt}, one sentence a line. */
    static List<Example> shipped() {
        List<Example> all = new ArrayList<>();
        for (Intent.Type type : Intent.Type.values()) {
            for (Intent.Action action : Intent.Action.values()) {
                read(Example.class.getResourceAsStream("intents/" + type + "." + action + ".txt"))
                        .forEach(line -> all.add(new Example(line, type, action)));
            }
        }
        return List.copyOf(all);
    }

    private static List<String> read(@Nullable InputStream file) {
        if (file == null) {
            return List.of();
        }
        try (file) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
