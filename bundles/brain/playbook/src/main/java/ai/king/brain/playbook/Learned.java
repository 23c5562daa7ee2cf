/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.brain.playbook;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The vectors that the shipped embedding model gives the shipped examples, a byte a number: so that the first goal does not
 * wait while they are made. Only a shortcut: where the examples or the model are others, nobody uses it.
 */
final class Learned {

    static final String FILE = "intents/vectors.bin";

    private Learned() {}

    /** The vectors of these examples, in order; empty when the file is about others. */
    static Optional<List<float[]>> shipped(List<Example> examples) {
        try (InputStream file = Learned.class.getResourceAsStream(FILE)) {
            return file == null ? Optional.empty() : read(file.readAllBytes(), examples);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Optional<List<float[]>> read(byte[] file, List<Example> examples) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(file));
        byte[] digest = digest(examples);
        if (!Arrays.equals(in.readNBytes(digest.length), digest)) {
            return Optional.empty();
        }
        int dimensions = in.readInt();
        List<float[]> vectors = new ArrayList<>();
        for (int i = 0; i < examples.size(); i++) {
            float scale = in.readFloat();
            float[] vector = new float[dimensions];
            for (int at = 0; at < dimensions; at++) {
                vector[at] = in.readByte() * scale;
            }
            vectors.add(vector);
        }
        return Optional.of(vectors);
    }

    static byte[] write(List<Example> examples, List<float[]> vectors) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.write(digest(examples));
        out.writeInt(vectors.get(0).length);
        for (float[] vector : vectors) {
            float most = 0;
            for (float value : vector) {
                most = Math.max(most, Math.abs(value));
            }
            float scale = most / Byte.MAX_VALUE;
            out.writeFloat(scale);
            for (float value : vector) {
                out.writeByte(scale == 0 ? 0 : Math.round(value / scale));
            }
        }
        return bytes.toByteArray();
    }

    private static byte[] digest(List<Example> examples) {
        String all = examples.stream().map(Example::text).collect(Collectors.joining("\n"));
        try {
            return MessageDigest.getInstance("SHA-256").digest(all.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
