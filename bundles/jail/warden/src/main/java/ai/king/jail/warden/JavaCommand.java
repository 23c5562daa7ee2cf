/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.jail.warden;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How a JVM is started in a jail: small, quick to start, without doors for tools. */
final class JavaCommand {

    /** From here on a JVM can be told to load no native library of others; before, the kernel's walls alone hold it. */
    static final int CAN_REFUSE_NATIVE = 24;

    /** What a program is for, and so the modules of Java that it sees. */
    enum Use {
        /** No heap dumps, no Unsafe, no attaching, no network protocols: only what agents need. */
        AGENT("java.base,java.logging,java.xml"),
        /** A tool, backend, brain, sink or memory: what those of the platform see, still without doors into a JVM. */
        PLUG(
                AGENT.modules
                        + ",java.compiler,java.desktop,java.management,java.naming,java.net.http,java.security.jgss,java.security.sasl,java.sql"),
        /** What compiles; nothing of a candidate runs in it. */
        BUILD(AGENT.modules + ",java.compiler,jdk.compiler,jdk.zipfs");

        private final String modules;

        Use(String modules) {
            this.modules = modules;
        }
    }

    private JavaCommand() {}

    static List<String> of(Path java, Limits limits, List<String> flags, Use use) {
        List<String> command = new ArrayList<>(List.of(
                java.toString(),
                "-Xmx" + limits.heapMiB() + "m",
                "-Xss512k",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                // A JVM that reserves its usual gigabyte for classes does not start under the limit of addresses.
                "-XX:CompressedClassSpaceSize=64m",
                "-XX:ReservedCodeCacheSize=48m",
                "-XX:MaxMetaspaceSize=128m",
                "-XX:MaxDirectMemorySize=64m",
                "-XX:ActiveProcessorCount=1",
                "-XX:-UseContainerSupport",
                "-XX:-UsePerfData",
                // Standard output is for frames: what the JVM itself has to say goes to the other stream.
                "-XX:+DisplayVMOutputToStderr",
                "-Xlog:disable",
                "-Xlog:all=warning:stderr",
                "-XX:+DisableAttachMechanism",
                "-XX:-CreateCoredumpOnCrash",
                "-XX:ErrorFile=/dev/null",
                "--limit-modules=" + use.modules));
        if (Runtime.version().feature() >= CAN_REFUSE_NATIVE) {
            command.add("--illegal-native-access=deny");
        }
        command.addAll(flags);
        return command;
    }
}
