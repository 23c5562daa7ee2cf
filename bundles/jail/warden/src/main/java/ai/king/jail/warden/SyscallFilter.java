/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.jail.warden;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The seccomp program of the jail: allows the listed system calls, some of them only with harmless arguments, and
 * refuses every other. Made from the list, so that the launcher and bubblewrap load the same bytes.
 */
final class SyscallFilter {

    private static final int LOAD = 0x20;
    private static final int IF_EQUAL = 0x15;
    private static final int IF_AT_LEAST = 0x35;
    private static final int IF_ANY_BIT = 0x45;
    private static final int RETURN = 0x06;

    private static final int ALLOW = 0x7fff0000;
    private static final int KILL = 0x80000000;
    private static final int REFUSE = 0x00050000;
    private static final int EPERM = 1;
    private static final int ENOTTY = 25;
    private static final int ENOSYS = 38;

    private static final int UNIX_DOMAIN = 1;
    private static final int NUMBER = 0;
    private static final int ARCHITECTURE = 4;
    private static final int FIRST_ARGUMENT = 16;
    private static final int SECOND_ARGUMENT = 24;

    /** Numbers from here on are the same on all machines and newer than the oldest C library still used. */
    private static final int YOUNG = 403;
    /** The x32 convention of x86_64, a second set of numbers for the same calls. */
    private static final int X32 = 0x40000000;

    private static final int THREAD = 0x00010000;
    private static final int NAMESPACES = 0x7e020000;

    /** TCGETS TIOCGWINSZ FIONREAD FIONBIO FIONCLEX FIOCLEX: a terminal cannot be written to by its back door. */
    private static final List<Integer> DEVICE_REQUESTS = List.of(0x5401, 0x5413, 0x541b, 0x5421, 0x5450, 0x5451);

    /** Death signal, dumpable, no-new-privileges and such may be read; only the thread's name and memory names are set. */
    private static final List<Integer> PROCESS_REQUESTS = List.of(2, 3, 15, 16, 23, 39, 41, 0x53564d41);

    private final int architecture;
    private final Map<String, Integer> numbers;
    private final List<long[]> code = new ArrayList<>();

    private SyscallFilter(int architecture, Map<String, Integer> numbers) {
        this.architecture = architecture;
        this.numbers = numbers;
    }

    /** The program for a machine as {@code os.arch} calls it, in its byte order; empty for machines not in the list. */
    static Optional<byte[]> bytes(BufferedReader list, String machine) throws IOException {
        return switch (machine) {
            case "amd64", "x86_64" -> Optional.of(new SyscallFilter(0xc000003e, read(list, 1)).assemble());
            case "aarch64" -> Optional.of(new SyscallFilter(0xc00000b7, read(list, 2)).assemble());
            default -> Optional.empty();
        };
    }

    private static Map<String, Integer> read(BufferedReader list, int column) throws IOException {
        Map<String, Integer> numbers = new HashMap<>();
        for (String line = list.readLine(); line != null; line = list.readLine()) {
            String[] cells = line.trim().split("\\s+");
            if (!line.startsWith("#") && cells.length == 3 && !cells[column].equals("-")) {
                numbers.put(cells[0], Integer.valueOf(cells[column]));
            }
        }
        return numbers;
    }

    private byte[] assemble() {
        add(LOAD, 0, 0, ARCHITECTURE);
        add(IF_EQUAL, 1, 0, architecture);
        add(RETURN, 0, 0, KILL);
        add(LOAD, 0, 0, NUMBER);
        add(IF_AT_LEAST, 0, 1, X32);
        add(RETURN, 0, 0, REFUSE | EPERM);
        clone(number("clone"));
        onlyWith(number("prlimit64"), FIRST_ARGUMENT, List.of(0), EPERM);
        onlyWith(number("prctl"), FIRST_ARGUMENT, PROCESS_REQUESTS, EPERM);
        onlyWith(number("ioctl"), SECOND_ARGUMENT, DEVICE_REQUESTS, ENOTTY);
        onlyWith(number("socketpair"), FIRST_ARGUMENT, List.of(UNIX_DOMAIN), EPERM);
        numbers.values().stream().sorted().forEach(number -> {
            add(IF_EQUAL, 0, 1, number);
            add(RETURN, 0, 0, ALLOW);
        });
        // A C library that meets ENOSYS falls back to an older call: clone3 to clone, and what is yet to come.
        add(IF_AT_LEAST, 0, 1, YOUNG);
        add(RETURN, 0, 0, REFUSE | ENOSYS);
        add(RETURN, 0, 0, REFUSE | EPERM);
        ByteBuffer bytes = ByteBuffer.allocate(8 * code.size()).order(ByteOrder.LITTLE_ENDIAN);
        code.forEach(each -> bytes.putShort((short) each[0])
                .put((byte) each[1])
                .put((byte) each[2])
                .putInt((int) each[3]));
        return bytes.array();
    }

    /** Threads yes, processes and namespaces no. */
    private void clone(int number) {
        add(IF_EQUAL, 0, 5, number);
        add(LOAD, 0, 0, FIRST_ARGUMENT);
        add(IF_ANY_BIT, 2, 0, NAMESPACES);
        add(IF_ANY_BIT, 0, 1, THREAD);
        add(RETURN, 0, 0, ALLOW);
        add(RETURN, 0, 0, REFUSE | EPERM);
    }

    /** The call is decided here: allowed when the lower half of the argument is one of the values, else the error. */
    private void onlyWith(int number, int argument, List<Integer> values, int error) {
        add(IF_EQUAL, 0, 2 * values.size() + 2, number);
        add(LOAD, 0, 0, argument);
        for (int value : values) {
            add(IF_EQUAL, 0, 1, value);
            add(RETURN, 0, 0, ALLOW);
        }
        add(RETURN, 0, 0, REFUSE | error);
    }

    private int number(String call) {
        return Objects.requireNonNull(numbers.get(call), () -> call + " is not in the list");
    }

    private void add(int operation, int whenTrue, int whenFalse, int value) {
        code.add(new long[] {operation, whenTrue, whenFalse, value});
    }
}
