/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.work;

import ai.king.work.Schedules;
import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerBuilder;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.logging.LogLevel;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.DeadExecutionHandler;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.FailureHandler;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.TaskInstanceId;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The job engine: picks what is due, keeps it alive by heartbeats, revives what a dead node left, and runs jobs by the clock. */
final class Clockwork implements Schedules {

    private static final Logger LOG = LoggerFactory.getLogger(Clockwork.class);
    private static final String JOB = "job";
    private static final Duration RETRY = Duration.ofMinutes(5);
    private static final int MOST_FAILURES = 5;
    private static final int MISSED_HEARTBEATS = 4;

    private record Job(Duration distance, Runnable work) {}

    private final Clock clock;
    private final Map<String, Job> jobs = new ConcurrentHashMap<>();
    private final BiConsumer<String, String> alert;
    private final Scheduler scheduler;

    /**
     * @param node this node's name, unique among those alive
     * @param threads for goals and jobs, as many as there are places
     * @param goal works on a goal on the calling thread
     * @param alert told the name of a job and what is wrong with it
     */
    Clockwork(
            DataSource dataSource,
            Clock clock,
            String node,
            Limits limits,
            ExecutorService threads,
            Consumer<String> goal,
            BiConsumer<String, String> alert) {
        this.clock = clock;
        this.alert = alert;
        Task<Void> goals = Tasks.custom(GoalQueue.TASK, Void.class)
                .onFailure(new FailureHandler.OnFailureRetryLater<>(limits.poll()))
                .onDeadExecution(new DeadExecutionHandler.ReviveDeadExecution<>())
                .execute((instance, context) -> {
                    goal.accept(instance.getId());
                    // The run has moved the row on by itself, in the transaction that says why.
                    return (complete, operations) -> {};
                });
        Task<Void> schedules = Tasks.custom(JOB, Void.class)
                .onFailure(this::failed)
                .onDeadExecution(new DeadExecutionHandler.ReviveDeadExecution<>())
                .execute((instance, context) -> run(instance.getId()));
        this.scheduler = new ClockedBuilder(dataSource, List.of(goals, schedules), clock)
                .schedulerName(new SchedulerName.Fixed(node))
                .threads(limits.places())
                .executorService(threads)
                .pollingInterval(limits.poll())
                .heartbeatInterval(limits.heartbeat())
                .missedHeartbeatsLimit(MISSED_HEARTBEATS)
                .shutdownMaxWait(limits.grace())
                .failureLogging(LogLevel.WARN, false)
                .build();
    }

    /** The builder takes its clock from a field only. */
    private static final class ClockedBuilder extends SchedulerBuilder {
        ClockedBuilder(DataSource dataSource, List<Task<?>> tasks, Clock clock) {
            super(dataSource, tasks);
            this.clock = clock::instant;
        }
    }

    void start() {
        scheduler.start();
    }

    /** Looks for what is due now. */
    void poll() {
        scheduler.triggerCheckForDueExecutions();
    }

    void stop() {
        scheduler.stop();
    }

    @Override
    public AutoCloseable every(String name, Duration distance, Runnable work) {
        Job job = new Job(distance, work);
        if (jobs.putIfAbsent(name, job) != null) {
            throw new IllegalArgumentException("there is already a job " + name);
        }
        // A job that was switched off goes again when its node starts anew.
        Instant due = clock.instant().plus(distance);
        TaskInstanceId id = TaskInstanceId.of(JOB, name);
        if (!scheduler.scheduleIfNotExists(
                Tasks.custom(JOB, Void.class).execute((i, c) -> null).instance(name), due)) {
            Instant next = next(name);
            if (next == null || next.isAfter(due)) {
                scheduler.reschedule(id, due);
            }
        }
        return () -> jobs.remove(name, job);
    }

    @Override
    public @Nullable Instant next(String name) {
        return scheduler
                .getScheduledExecution(TaskInstanceId.of(JOB, name))
                .map(execution -> execution.getExecutionTime())
                .filter(time -> time.isBefore(OFF))
                .orElse(null);
    }

    /** The time of a job that is switched off. */
    private static final Instant OFF = Instant.parse("9999-01-01T00:00:00Z");

    private CompletionHandler<Void> run(String name) {
        Job job = jobs.get(name);
        if (job == null) {
            // Another node has it, or it is being replaced here: leave it to the next look.
            return (complete, operations) ->
                    operations.reschedule(complete, clock.instant().plusSeconds(5));
        }
        job.work().run();
        return (complete, operations) ->
                operations.reschedule(complete, clock.instant().plus(job.distance()));
    }

    private void failed(ExecutionComplete complete, ExecutionOperations<Void> operations) {
        String name = complete.getExecution().getId();
        int failures = complete.getExecution().consecutiveFailures + 1;
        String why = complete.getCause().map(Brains::text).orElse("no reason");
        boolean off = failures >= MOST_FAILURES;
        LOG.warn("Job {} failed for the {}. time{}: {}", name, failures, off ? " and is switched off" : "", why);
        operations.reschedule(complete, off ? OFF : clock.instant().plus(RETRY));
        alert.accept(name, (off ? "switched off after " + failures + " failures: " : "failed: ") + why);
    }
}
