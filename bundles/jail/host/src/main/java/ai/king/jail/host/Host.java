/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.jail.host;

import ai.king.jail.host.wire.Codec;
import ai.king.jail.host.wire.Frame;
import ai.king.jail.host.wire.Line;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;

/**
 * Starts with the folder that holds its bundles as the only argument and the folder it may write as the current one.
 * Frames come on standard input and go to standard output; what the candidate prints goes to standard error. It ends
 * when its input ends. The exit status means nothing.
 */
public final class Host {

    /** Printed text above this is dropped. */
    private static final long MOST_PRINTED = 1 << 20;

    private Host() {}

    public static void main(String[] arguments) {
        // The candidate finds other streams in System, so what it prints does not fall between frames.
        Line line = new Line(
                new FileInputStream(FileDescriptor.in),
                new FileOutputStream(FileDescriptor.out),
                new Codec(Codec.MANY_TOKENS),
                Codec.LARGEST);
        PrintStream printed =
                new PrintStream(new Bounded(new FileOutputStream(FileDescriptor.err), MOST_PRINTED), true);
        System.setIn(InputStream.nullInputStream());
        System.setOut(printed);
        System.setErr(printed);
        try {
            run(line, Path.of(arguments[0]));
        } catch (IOException e) {
            // The platform is gone, or speaks another language: there is nobody left to tell.
            printed.println("ended: " + e.getMessage());
        } finally {
            // Not exit: the candidate may have left hooks and threads.
            Runtime.getRuntime().halt(0);
        }
    }

    private static void run(Line line, Path home) throws IOException {
        Frame first = line.receive();
        if (first instanceof Frame.Serve serve) {
            new Serving(line, new Ground(home)).run(serve);
        } else if (first instanceof Frame.Judge judge) {
            // The nonce lives in local variables of this thread only, never in a field that reflection could reach.
            line.send(new Frame.Verdict(judge.nonce(), new Judging(new Ground(home)).findings(judge)));
        } else if (first instanceof Frame.Build build) {
            line.send(new Building(home).built(build));
        } else {
            throw new IOException("the first frame says neither Serve nor Judge nor Build");
        }
    }
}
