/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.gate;

import ai.king.store.Actor;
import ai.king.store.Store;
import ai.king.store.Tx;
import ai.king.work.Schedules;
import java.time.Duration;
import java.util.function.Predicate;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends questions whose time is over and sends the reminder at half time, on one node of the cluster. */
@Component(
        immediate = true,
        service = {})
public final class ApprovalClock {

    private static final Logger LOG = LoggerFactory.getLogger(ApprovalClock.class);
    private static final Duration DISTANCE = Duration.ofSeconds(5);
    private static final Actor ACTOR = Actor.system("gate");

    private final Store store;
    private final ApprovalDesk desk;
    private final AutoCloseable job;

    @Activate
    public ApprovalClock(@Reference Store store, @Reference GateEngine gate, @Reference Schedules schedules) {
        this(store, gate.desk(), schedules);
    }

    ApprovalClock(Store store, ApprovalDesk desk, Schedules schedules) {
        this.store = store;
        this.desk = desk;
        job = schedules.every("gate.approvals", DISTANCE, this::tick);
    }

    @Deactivate
    void stop() throws Exception {
        job.close();
    }

    /** One look at what is due; each question in a transaction of its own. */
    void tick() {
        desk.due("expiresAt").forEach(id -> write(tx -> desk.expire(tx, id)));
        desk.due("remindAt").forEach(id -> write(tx -> desk.remind(tx, id)));
    }

    private void write(Predicate<Tx> change) {
        try {
            store.write(ACTOR, tx -> {
                if (!change.test(tx)) {
                    throw new Overtaken();
                }
                return tx;
            });
        } catch (Overtaken e) {
            LOG.debug("A vote was faster than the clock");
        }
    }

    /** Somebody decided since the look: nothing to store. */
    private static final class Overtaken extends RuntimeException {
        private static final long serialVersionUID = 1;
    }
}
