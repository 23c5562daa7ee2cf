/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.jail.warden;

import ai.king.agent.Agent;
import ai.king.agent.AgentContext;
import ai.king.agent.Outcome;
import ai.king.agent.Report;
import ai.king.agent.Task;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Field;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

/** A hostile agent: its configuration says what it tries. It answers with what it reached, {@code []} when all was refused. */
public final class Deeds implements Agent {

    private final List<String> reached = new ArrayList<>();
    private Map<String, Object> configuration = Map.of();

    private interface Attempt {
        boolean go() throws Exception;
    }

    void activate(Map<String, Object> properties) {
        configuration = properties;
    }

    private String text(String key) {
        return Objects.requireNonNull(configuration.get(key), key).toString();
    }

    private Path secret() {
        return Path.of(text("secret"));
    }

    private Path outside() {
        return Path.of(text("outside"));
    }

    private int port() {
        return Integer.parseInt(text("port"));
    }

    @Override
    public synchronized Outcome perform(Task task, AgentContext context) {
        reached.clear();
        switch (text("deed")) {
            case "files" -> files();
            case "processes" -> processes();
            case "network" -> network();
            case "execute" -> execute();
            case "threads" -> attempt("20,000 threads", Deeds::threads);
            case "disk" -> attempt("1 GiB of files", Deeds::fill);
            case "names" -> attempt("a million files", Deeds::names);
            case "heap" -> heap();
            case "direct memory" -> attempt("1 GiB of direct memory", Deeds::direct);
            case "exit" -> System.exit(0);
            case "halt" -> Runtime.getRuntime().halt(0);
            case "signals" -> signals();
            case "links" -> links();
            case "print" -> print(System.out);
            case "print raw" -> print(new FileOutputStream(FileDescriptor.out));
            case "print errors raw" -> print(new FileOutputStream(FileDescriptor.err));
            case "fake report" -> fake();
            case "reflection" -> reflection();
            case "native" -> nativeCode();
            case "recursion" -> recurse(0);
            case "spin" -> spin();
            case "stop the world" -> attempt("deadlocked monitors", Deeds::hoard);
            case "foreign questions" -> foreignQuestions();
            default -> throw new IllegalArgumentException(text("deed"));
        }
        return new Outcome.Done(Map.of("reached", List.copyOf(reached)), Report.none());
    }

    private void attempt(String what, Attempt attempt) {
        try {
            if (attempt.go()) {
                reached.add(what);
            }
        } catch (Throwable e) {
            // Refused, which is what the jail is for.
            return;
        }
    }

    private void files() {
        attempt("read", () -> !Files.readString(secret()).isEmpty());
        attempt("read /etc/passwd", () -> !Files.readString(Path.of("/etc/passwd"))
                .isEmpty());
        attempt("list /root", () -> Files.list(Path.of("/root")).findAny().isPresent());
        attempt("list home", () -> Files.list(Path.of("/home")).findAny().isPresent());
        attempt("write", () -> Files.exists(Files.writeString(outside().resolve("escaped"), "x")));
        attempt("write /tmp", () -> Files.exists(Files.writeString(Path.of("/tmp/escaped-from-jail"), "x")));
        attempt("write /dev/shm", () -> Files.exists(Files.writeString(Path.of("/dev/shm/escaped-from-jail"), "x")));
        attempt("delete", () -> Files.deleteIfExists(outside().resolve("victim")));
        attempt(
                "move",
                () -> Files.exists(
                        Files.move(outside().resolve("victim"), outside().resolve("moved"))));
        attempt("change own bundle", () -> Files.exists(Files.writeString(Path.of("../in/bundle.jar"), "x")));
        attempt("timestamp", () -> secret().toFile().setLastModified(0));
        attempt("permissions", () -> secret().toFile().setReadable(true, false));
    }

    private void processes() {
        try (Stream<Path> all = Files.list(Path.of("/proc"))) {
            all.filter(each -> each.getFileName().toString().matches("\\d+|self"))
                    .forEach(each -> Stream.of("environ", "cmdline", "maps", "mem", "fd/0")
                            .forEach(file -> attempt(
                                    each + "/" + file,
                                    () -> Files.newInputStream(each.resolve(file))
                                                    .read()
                                            >= 0)));
        } catch (IOException e) {
            // Not even the list.
            return;
        }
    }

    private void network() {
        attempt("connect", () -> {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port()), 2000);
                return true;
            }
        });
        attempt("listen", () -> new ServerSocket(0).isBound());
        attempt("datagram", () -> new DatagramSocket().isBound());
        attempt("unix", () -> SocketChannel.open(StandardProtocolFamily.UNIX).isOpen());
        attempt("unix connect", () -> SocketChannel.open(UnixDomainSocketAddress.of("/var/run/docker.sock"))
                .isOpen());
        attempt("look up", () -> InetAddress.getByName("example.org") != null);
    }

    private void execute() {
        for (String program :
                List.of("/bin/sh", "/bin/true", "/usr/bin/env", System.getProperty("java.home") + "/bin/java")) {
            attempt(
                    program,
                    () -> new ProcessBuilder(program, "-version").start().waitFor() >= 0);
        }
        attempt("runtime", () -> Runtime.getRuntime().exec(new String[] {"id"}).waitFor() >= 0);
    }

    private static boolean threads() throws InterruptedException {
        CountDownLatch end = new CountDownLatch(1);
        try {
            for (int i = 0; i < 20_000; i++) {
                Thread thread = new Thread(null, () -> hold(end), "bomb", 1 << 16);
                thread.setDaemon(true);
                thread.start();
            }
            return true;
        } finally {
            end.countDown();
        }
    }

    private static void hold(CountDownLatch end) {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean fill() throws IOException {
        byte[] block = new byte[1 << 20];
        for (int file = 0; file < 32; file++) {
            try (OutputStream out = Files.newOutputStream(Path.of("fill" + file))) {
                for (int i = 0; i < 32; i++) {
                    out.write(block);
                }
            }
        }
        return true;
    }

    private static boolean names() throws IOException {
        for (int i = 0; i < 1_000_000; i++) {
            Files.createFile(Path.of("name" + i));
        }
        return true;
    }

    private void heap() {
        List<byte[]> all = new ArrayList<>();
        attempt("1 GiB of heap", () -> {
            for (int i = 0; i < 1024; i++) {
                all.add(new byte[1 << 20]);
            }
            return true;
        });
    }

    private static boolean direct() {
        List<ByteBuffer> all = new ArrayList<>();
        for (int i = 0; i < 1024; i++) {
            all.add(ByteBuffer.allocateDirect(1 << 20));
        }
        return all.size() == 1024;
    }

    private void signals() {
        attempt(
                "kill parent",
                () -> ProcessHandle.current().parent().orElseThrow().destroyForcibly());
        attempt("kill any", () -> ProcessHandle.allProcesses()
                .filter(each -> each.pid() != ProcessHandle.current().pid())
                .map(ProcessHandle::destroyForcibly)
                .reduce(false, Boolean::logicalOr));
        attempt("kill platform", () -> ProcessHandle.of(Long.parseLong(text("pid")))
                .orElseThrow()
                .destroyForcibly());
    }

    private void links() {
        attempt("read through link", () -> {
            Files.createSymbolicLink(Path.of("link"), secret());
            return !Files.readString(Path.of("link")).isEmpty();
        });
        attempt("write through link", () -> {
            Files.createSymbolicLink(Path.of("door"), outside());
            return Files.exists(Files.writeString(Path.of("door/escaped"), "x"));
        });
        attempt("hard link", () -> Files.exists(Files.createLink(Path.of("hard"), secret())));
        attempt("upwards", () -> Files.exists(Files.writeString(Path.of("../../../escaped"), "x")));
    }

    private void print(OutputStream out) {
        attempt("a flood", () -> {
            byte[] flood = "flood ".repeat(10_000).getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < 1_000; i++) {
                out.write(flood);
            }
            return false;
        });
    }

    /** A report in the right form, with every nonce that can be guessed or found. */
    private void fake() {
        FileOutputStream out = new FileOutputStream(FileDescriptor.out);
        String report =
                "{\"@\":\"Verdict\",\"nonce\":\"00\",\"findings\":[{\"suite\":\"contract\",\"run\":\"7\",\"passed\":\"7\","
                        + "\"failures\":[]}]}";
        byte[] bytes = report.getBytes(StandardCharsets.UTF_8);
        attempt("a report", () -> {
            out.write(ByteBuffer.allocate(4 + bytes.length)
                    .putInt(bytes.length)
                    .put(bytes)
                    .array());
            return false;
        });
        Runtime.getRuntime().halt(0);
    }

    /** Looks for a nonce (64 hexadecimal digits) in every static field of the host and below. */
    private void reflection() {
        ClassLoader host = ClassLoader.getSystemClassLoader();
        for (String name :
                List.of("Host", "Serving", "Judging", "Performance", "CandidateContract", "Ground", "wire.Line")) {
            attempt("a nonce in " + name, () -> {
                Class<?> type = Class.forName("ai.king.jail.host." + name, true, host);
                for (Field field : type.getDeclaredFields()) {
                    field.setAccessible(true);
                    if (String.valueOf(field.get(null)).matches("[0-9a-f]{64}")) {
                        return true;
                    }
                }
                return false;
            });
        }
        for (String gate : List.of(
                "sun.misc.Unsafe",
                "java.lang.management.ManagementFactory",
                "com.sun.management.HotSpotDiagnosticMXBean",
                "com.sun.tools.attach.VirtualMachine",
                "jdk.internal.misc.Unsafe",
                "java.lang.instrument.Instrumentation",
                "javax.management.MBeanServer",
                "java.net.http.HttpClient")) {
            attempt(gate, () -> Class.forName(gate, true, host).getMethods()[0].invoke(null) != null || true);
        }
    }

    private static native int attack();

    private void nativeCode() {
        attempt("native code was not tried", () -> {
            Path library = Path.of("libattack.so").toAbsolutePath();
            try (InputStream in = Objects.requireNonNull(Deeds.class.getResourceAsStream("/libattack.so"))) {
                Files.copy(in, library);
            }
            System.load(library.toString());
            int set = attack();
            if (set != 0) {
                reached.add("native attempts " + Integer.toBinaryString(set));
            }
            // Says that it ran: the test expects exactly this.
            reached.add("ran");
            return false;
        });
    }

    private static int recurse(int depth) {
        return recurse(depth + 1) + 1;
    }

    private static void spin() {
        while (true) {
            Thread.onSpinWait();
        }
    }

    /** Holds the monitor of everything it can see of the host's classes. */
    private static boolean hoard() {
        synchronized (System.out) {
            synchronized (Runtime.getRuntime()) {
                return false;
            }
        }
    }

    /** Asks in the name of calls that are not its own. */
    private void foreignQuestions() {
        FileOutputStream out = new FileOutputStream(FileDescriptor.out);
        String question = "{\"@\":\"Asked\",\"id\":\"4711\",\"question\":{\"@\":\"Note\",\"text\":\"hello\"}}";
        byte[] bytes = question.getBytes(StandardCharsets.UTF_8);
        attempt("a question", () -> {
            for (int i = 0; i < 100; i++) {
                out.write(ByteBuffer.allocate(4 + bytes.length)
                        .putInt(bytes.length)
                        .put(bytes)
                        .array());
            }
            return false;
        });
    }
}
