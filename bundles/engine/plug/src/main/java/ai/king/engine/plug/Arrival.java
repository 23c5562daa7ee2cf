/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.plug;

import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A service on its way in. Getting it runs the plug's constructor: on a thread of its own, so that one which hangs holds
 * up neither the thread that registered it, which configures every other plug, too, nor whoever waits for others.
 */
final class Arrival {

    private static final Logger LOG = LoggerFactory.getLogger(Arrival.class);

    private final BundleContext context;
    private final ServiceReference<Object> reference;
    private final Table table;
    private final Function<Object, List<Tracked>> described;
    private @Nullable Thread activating;
    private List<Tracked> tracked = List.of();
    private boolean there;
    private boolean gone;

    Arrival(
            BundleContext context,
            ServiceReference<Object> reference,
            Table table,
            Function<Object, List<Tracked>> described) {
        this.context = context;
        this.reference = reference;
        this.table = table;
        this.described = described;
    }

    /** What it is known as; nothing before it is there. */
    synchronized List<Tracked> tracked() {
        return tracked;
    }

    synchronized void aside(String name) {
        Thread thread = new Thread(this::take, name);
        thread.setDaemon(true);
        activating = thread;
        thread.start();
    }

    /** Gets the service, unless it left before that ended. */
    void take() {
        @Nullable Object plug = null;
        try {
            plug = context.getService(reference);
        } catch (RuntimeException | LinkageError e) {
            LOG.warn("{} cannot be had: {}", reference, e.toString());
        }
        synchronized (this) {
            activating = null;
            if (plug != null && !gone) {
                there = true;
                tracked = described.apply(plug);
                tracked.forEach(one -> table.add(one.family(), one.instance()));
                return;
            }
        }
        if (plug != null) {
            context.ungetService(reference);
        }
    }

    /** The service leaves: new calls go elsewhere, and this thread waits for those under way. */
    void leave(Duration drain) {
        List<Tracked> leaving;
        boolean held;
        synchronized (this) {
            gone = true;
            leaving = tracked;
            held = there;
            Thread hanging = activating;
            if (hanging != null) {
                hanging.interrupt();
            }
        }
        leaving.forEach(one -> table.remove(one.family(), one.instance(), drain));
        if (held) {
            context.ungetService(reference);
        }
    }
}
