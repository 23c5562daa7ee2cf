/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.jail.host;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * The hostile program that decides whether a jail holds: tries what a jail must refuse and prints a line {@code name
 * refused} or {@code name REACHED} for each. It starts with the secret file, the folder outside and the port that it
 * must not reach; with {@code hog} instead it only takes memory. It also does what it must be able to do ({@code works}), so that a jail in which nothing runs is
 * no jail.
 */
public final class Probe {

    private static final int TOO_MANY_THREADS = 1000;
    private static final int TOO_MUCH_MEMORY = 1 << 30;
    private static final int HOG_MIB = 320;

    private interface Attempt {
        /** Whether it was reached. */
        boolean go() throws Exception;
    }

    private Probe() {}

    public static void main(String[] arguments) throws IOException {
        if (arguments[0].equals("hog")) {
            hog();
        } else {
            tryAll(arguments);
        }
        Runtime.getRuntime().halt(0);
    }

    /** Takes more memory than the group of the second probe allows, and less than the heap may have. */
    private static void hog() {
        System.out.println("taking");
        List<byte[]> taken = new ArrayList<>();
        for (int i = 0; i < HOG_MIB; i++) {
            byte[] one = new byte[1 << 20];
            Arrays.fill(one, (byte) 1);
            taken.add(one);
        }
        System.out.println("memory REACHED " + taken.size());
    }

    private static void tryAll(String[] arguments) throws IOException {
        Path secret = Path.of(arguments[0]);
        Path outside = Path.of(arguments[1]);
        int port = Integer.parseInt(arguments[2]);
        Files.writeString(Path.of("own"), "own");
        System.out.println("works " + Files.readString(Path.of("own")).equals("own"));
        attempt("read", () -> !Files.readString(secret).isEmpty());
        attempt("write", () -> Files.exists(Files.writeString(outside.resolve("escaped"), "escaped")));
        attempt("connect", () -> connected(port));
        attempt(
                "execute",
                () -> new ProcessBuilder("/bin/sh", "-c", "exit 0").start().waitFor() == 0);
        attempt("environment", Probe::foreignEnvironment);
        attempt("memory", () -> new byte[TOO_MUCH_MEMORY].length > 0);
        attempt("threads", Probe::manyThreads);
        System.out.println("end");
    }

    private static void attempt(String name, Attempt attempt) {
        boolean reached;
        String how = "";
        try {
            reached = attempt.go();
        } catch (Throwable e) {
            reached = false;
            how = " " + e.getClass().getSimpleName();
        }
        System.out.println(name + (reached ? " REACHED" : " refused" + how));
    }

    private static boolean connected(int port) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port), 2000);
            return true;
        }
    }

    /** Any environment that can be read and is not empty. */
    private static boolean foreignEnvironment() throws IOException {
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path process : processes) {
                try {
                    if (!new String(Files.readAllBytes(process.resolve("environ")), StandardCharsets.UTF_8).isEmpty()) {
                        return true;
                    }
                } catch (IOException e) {
                    // This one is refused; the next may not be.
                    continue;
                }
            }
        }
        return !System.getenv().isEmpty();
    }

    private static boolean manyThreads() throws InterruptedException {
        CountDownLatch end = new CountDownLatch(1);
        List<Thread> threads = new ArrayList<>();
        try {
            while (threads.size() < TOO_MANY_THREADS) {
                Thread thread = new Thread(null, () -> await(end), "one-more", 1 << 16);
                thread.start();
                threads.add(thread);
            }
            return true;
        } finally {
            end.countDown();
        }
    }

    private static void await(CountDownLatch end) {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
