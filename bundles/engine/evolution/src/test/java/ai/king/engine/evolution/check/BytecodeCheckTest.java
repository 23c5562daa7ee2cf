/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution.check;

import static org.assertj.core.api.Assertions.assertThat;

import ai.king.engine.evolution.jar.PlugJar;
import ai.king.engine.plug.testing.PlugSource;
import ai.king.evolution.Finding.Verdict;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BytecodeCheckTest {

    private static final String PLUG = "ai.king.agent.fixture";

    private final BytecodeCheck check = new BytecodeCheck();

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "System.exit(1)                                             | System.exit",
                "Runtime.getRuntime().halt(1)                               | Runtime.getRuntime",
                "new ProcessBuilder(\"sh\")                                 | ProcessBuilder",
                "new Thread(() -> { }).start()                              | Thread.start",
                "Thread.currentThread().setContextClassLoader(null)         | setContextClassLoader",
                "System.setProperty(\"a\", \"b\")                           | System.setProperty",
                "System.getenv()                                            | System.getenv",
                "System.out.println(1)                                      | System.out",
                "new Exception().printStackTrace()                          | printStackTrace",
                "java.util.List.of(1).parallelStream().count()              | parallelStream",
                "new java.util.ArrayList<String>().parallelStream().count() | parallelStream",
                "java.util.stream.IntStream.range(0, 9).parallel().sum()    | parallel",
                "java.nio.file.Path.of(\"/etc\")                            | java.nio.file.Path",
                "new java.io.FileReader(java.io.FileDescriptor.in)          | java.io.FileReader",
                "java.net.InetAddress.getLoopbackAddress()                  | java.net.InetAddress",
                "String.class.getClassLoader()                              | Class.getClassLoader",
                "String.class.getMethods()                                  | Class.getMethods",
                "java.util.ServiceLoader.load(String.class)                 | java.util.ServiceLoader",
                "java.util.function.Supplier<Object> s = Runtime::getRuntime | Runtime.getRuntime",
                "Object o = new ThreadLocal<String>()                       | java.lang.ThreadLocal",
                "java.lang.invoke.MethodHandles.lookup()                    | java.lang.invoke.MethodHandles",
                "java.time.Instant.now()                                    | Instant.now",
                "Math.random()                                              | Math.random",
                "java.util.UUID.randomUUID()                                | UUID.randomUUID",
                "synchronized (this) { }                                    | synchronized block",
                "new java.util.Timer()                                      | java.util.Timer",
                "Integer.getInteger(\"secret\")                             | Integer.getInteger"
            })
    void refuses(String statement, String what) throws Exception {
        Answer answer = ask(PlugSource.echo(PLUG, "fixture", "1.0.0", statement + ";"));
        assertThat(answer.verdict()).isEqualTo(Verdict.FAIL);
        assertThat(answer.detail()).contains(what);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "var list = new java.util.ArrayList<String>(); list.stream().sorted().toList()",
                "String.format(\"%s\", new java.math.BigDecimal(\"1.50\").setScale(1, java.math.RoundingMode.HALF_UP))",
                "java.util.regex.Pattern.compile(\"a+\").matcher(\"aa\").matches()",
                "java.time.LocalDate.parse(\"2026-01-01\").plusDays(1)",
                "if (Thread.currentThread().isInterrupted()) { throw new IllegalStateException(\"stopped\"); }",
                "record Pair(int a, int b) { }; new Pair(1, 2).hashCode()",
                "int[][] grid = new int[2][3]; grid.clone()"
            })
    void allowsWhatAgentsNeed(String statement) throws Exception {
        Answer answer = ask(PlugSource.echo(PLUG, "fixture", "1.0.0", statement + ";"));
        assertThat(answer.detail()).contains("use only what an agent needs");
        assertThat(answer.verdict()).isEqualTo(Verdict.PASS);
    }

    @Test
    void refusesWhatOutlivesASwap() throws Exception {
        Answer answer = ask(PlugSource.echo(PLUG, "fixture", "1.0.0")
                .source("Memory", "package " + PLUG + "; class Memory { static String last; native void call(); }"));
        assertThat(answer.detail()).contains("static field last").contains("native method call");
    }

    @Test
    void refusesASubtypeAsAWayAround() throws Exception {
        Answer answer = ask(PlugSource.echo(PLUG, "fixture", "1.0.0")
                .source(
                        "Mine",
                        "package " + PLUG + "; class Mine extends java.util.ArrayList<String> {"
                                + " Object all() { return parallelStream(); } }"));
        assertThat(answer.detail()).contains("Mine uses ai.king.agent.fixture.Mine.parallelStream in all, line 1");
    }

    private Answer ask(PlugSource source) throws Exception {
        Path file = Files.write(folder.resolve("candidate.jar"), source.jar());
        return check.ask(new Candidate(file, PlugJar.read(file), false, Set.of(), List.of()));
    }
}
