/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.itest;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketImpl;
import java.net.URL;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.junit.Test;
import org.osgi.framework.BundleException;

/**
 * The running distribution asks no network for what is missing: every socket that is made for it is observed while a
 * bundle is asked for that nobody has.
 */
public class NoFetchIT extends KingExam {

    private static final List<String> SOCKETS = new CopyOnWriteArrayList<>();
    private static volatile boolean observing;
    private static volatile Thread asker;

    @Test
    public void askedForABundleThatNobodyHasItOpensNoConnection() throws Exception {
        observe();
        try (ServerSocket elsewhere = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            String address = "http://127.0.0.1:" + elsewhere.getLocalPort() + "/";
            FutureTask<Void> asked = new FutureTask<>(() -> {
                while (true) {
                    elsewhere.accept().close();
                    SOCKETS.add("somebody came");
                }
            });
            Thread listener = new Thread(asked, "listener");
            listener.start();
            asker = Thread.currentThread();
            observing = true;
            assertTrue("the observer cuts every answer off", fails(address + "control"));
            assertFalse("and sees who asks", SOCKETS.isEmpty());
            SOCKETS.clear();
            for (String url : List.of(
                    "mvn:no.such/thing/1.0",
                    "mvn:no.such/thing/LATEST",
                    "mvn:no.such/thing/1.0-SNAPSHOT",
                    "mvn:" + address + "@id=elsewhere!no.such/thing/1.0",
                    "mvn:" + address + "@id=elsewhere@snapshots!no.such/thing/1.0-SNAPSHOT")) {
                assertTrue(url, fails(url));
                assertThrowsOnInstall(url);
                assertEquals(url, List.of(), SOCKETS);
            }
            observing = false;
            elsewhere.close();
            listener.join();
            assertTrue(ends(asked));
        }
    }

    private void assertThrowsOnInstall(String url) {
        int before = context.getBundles().length;
        try {
            context.installBundle(url);
            throw new AssertionError(url + " was installed");
        } catch (BundleException e) {
            assertEquals(before, context.getBundles().length);
        }
    }

    private static boolean ends(FutureTask<Void> task) throws InterruptedException {
        try {
            task.get();
            return true;
        } catch (ExecutionException e) {
            return e.getCause() instanceof IOException;
        }
    }

    private static boolean fails(String url) {
        try (InputStream in = new URL(url).openStream()) {
            return in == null;
        } catch (IOException e) {
            return true;
        }
    }

    /** The platform starts meanwhile and may make sockets of its own: those of this thread count, and Maven's on any. */
    private static boolean asking(StackTraceElement[] stack) {
        return Thread.currentThread() == asker
                || Arrays.stream(stack).anyMatch(frame -> frame.getClassName().startsWith("org.ops4j.pax.url"));
    }

    /** From now on each socket that is made is noted; those that a server accepts are not, they were made by others. */
    private static void observe() throws Exception {
        Method platform = SocketImpl.class.getDeclaredMethod("createPlatformSocketImpl", boolean.class);
        platform.setAccessible(true);
        Socket.setSocketImplFactory(() -> {
            StackTraceElement[] stack = new Throwable().getStackTrace();
            boolean accepted =
                    Arrays.stream(stack).anyMatch(frame -> frame.getClassName().equals("java.net.ServerSocket"));
            if (observing && !accepted && asking(stack)) {
                SOCKETS.add(Arrays.toString(stack));
            }
            try {
                return (SocketImpl) platform.invoke(null, false);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        });
    }
}
