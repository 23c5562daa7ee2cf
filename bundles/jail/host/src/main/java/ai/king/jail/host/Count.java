/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.jail.host;

import ai.king.jail.host.wire.Frame.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;

/** Counts tests that ran to an end; one that is skipped or aborted by an assumption did not run. */
final class Count implements TestExecutionListener {

    private static final int MOST_LINES = 50;
    private static final int LONGEST_LINE = 1000;

    /** Far more than any plug has, and a frame still holds them. */
    private static final int MOST_NAMES = 2000;

    private static final int LONGEST_NAME = 300;

    private final List<String> failures = new ArrayList<>();
    private final List<String> succeeded = new ArrayList<>();
    private int run;
    private int passed;

    @Override
    public synchronized void executionFinished(TestIdentifier identifier, TestExecutionResult result) {
        boolean failed = result.getStatus() == TestExecutionResult.Status.FAILED;
        boolean succeeded = result.getStatus() == TestExecutionResult.Status.SUCCESSFUL;
        if (identifier.isTest() && (failed || succeeded)) {
            run++;
            passed += succeeded ? 1 : 0;
            name(identifier)
                    .filter(name -> succeeded && this.succeeded.size() < MOST_NAMES)
                    .ifPresent(this.succeeded::add);
        }
        // A container fails when what its tests need cannot be set up.
        if (failed && failures.size() < MOST_LINES) {
            String reason = identifier.getDisplayName() + ": "
                    + result.getThrowable().map(Count::text).orElse("failed");
            failures.add(reason.substring(0, Math.min(LONGEST_LINE, reason.length())));
        }
    }

    /** The same in every run: a test with arguments by their number, as objects may call themselves anything. */
    private static Optional<String> name(TestIdentifier identifier) {
        String number = identifier.getUniqueIdObject().getLastSegment().getValue();
        return identifier
                .getSource()
                .filter(MethodSource.class::isInstance)
                .map(MethodSource.class::cast)
                .map(at -> at.getClassName() + "." + at.getMethodName() + (number.startsWith("#") ? number : ""))
                .filter(name -> name.length() <= LONGEST_NAME);
    }

    private static String text(Throwable thrown) {
        try {
            return String.valueOf(thrown);
        } catch (Throwable e) {
            // The message of the candidate's own exception throws.
            return thrown.getClass().getName();
        }
    }

    synchronized Finding finding(String suite) {
        return new Finding(suite, run, passed, List.copyOf(failures), List.copyOf(succeeded));
    }
}
