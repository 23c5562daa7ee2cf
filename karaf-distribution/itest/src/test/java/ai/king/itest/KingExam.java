/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.itest;

import static org.junit.Assert.assertTrue;
import static org.ops4j.pax.exam.CoreOptions.options;
import static org.ops4j.pax.exam.CoreOptions.systemProperty;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.configureConsole;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.editConfigurationFilePut;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.karafDistributionConfiguration;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.keepRuntimeFolder;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.logLevel;

import java.io.File;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.inject.Inject;
import org.junit.Before;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.karaf.options.LogLevelOption.LogLevel;
import org.ops4j.pax.exam.options.extra.VMOption;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.util.tracker.BundleTracker;

/** Tests that run inside the distribution: one container a class, so few classes with many tests. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public abstract class KingExam {

    @Inject
    protected BundleContext context;

    @Configuration
    public Option[] distribution() throws IOException {
        String karaf = System.getProperty("karaf.version");
        return options(
                karafDistributionConfiguration()
                        .frameworkUrl("file:" + System.getProperty("king.distribution"))
                        .name("King AI")
                        .karafVersion(karaf)
                        .unpackDirectory(new File("target/exam"))
                        .useDeployFolder(false),
                keepRuntimeFolder(),
                configureConsole().ignoreLocalConsole().ignoreRemoteShell(),
                logLevel(LogLevel.INFO),
                // The probe and Pax Exam itself come from Maven's local repository, never from a network.
                editConfigurationFilePut(
                        "etc/org.ops4j.pax.url.mvn.cfg",
                        "org.ops4j.pax.url.mvn.localRepository",
                        System.getProperty("king.maven.repository")),
                systemProperty("king.home").value(System.getProperty("king.home")),
                systemProperty("king.http.host").value("127.0.0.1"),
                systemProperty("king.http.port").value(Integer.toString(Node.freePort())),
                systemProperty("king.ssh.port").value(Integer.toString(Node.freePort())),
                new VMOption("-Xmx640m"),
                new VMOption("-Djava.awt.headless=true"),
                new VMOption("--add-reads=java.xml=java.logging"),
                new VMOption("--add-opens=java.base/java.security=ALL-UNNAMED"),
                new VMOption("--add-opens=java.base/java.net=ALL-UNNAMED"),
                new VMOption("--add-opens=java.base/java.lang=ALL-UNNAMED"),
                new VMOption("--add-opens=java.base/java.util=ALL-UNNAMED"),
                new VMOption("--add-opens=java.naming/javax.naming.spi=ALL-UNNAMED"),
                new VMOption("--add-opens=java.rmi/sun.rmi.transport.tcp=ALL-UNNAMED"),
                new VMOption("--add-exports=java.base/sun.net.www.protocol.http=ALL-UNNAMED"),
                new VMOption("--add-exports=java.base/sun.net.www.protocol.https=ALL-UNNAMED"),
                new VMOption("--add-exports=java.base/sun.net.www.protocol.jar=ALL-UNNAMED"),
                new VMOption("--add-exports=jdk.naming.rmi/com.sun.jndi.url.rmi=ALL-UNNAMED"),
                new VMOption("-classpath"),
                new VMOption("lib/jdk9plus/*" + File.pathSeparator + "lib/boot/*"));
    }

    /** The store answers some seconds after the framework does; the engines follow it, and the plugs follow them. */
    @Before
    public void awaitTheFirstRelease() throws InterruptedException {
        String[] plugs = new File(System.getProperty("karaf.home"), "plugs")
                .list((dir, name) -> name.endsWith(".jar") && !name.endsWith("-tests.jar"));
        Set<String> missing = ConcurrentHashMap.newKeySet();
        for (String plug : plugs) {
            missing.add(plug.substring(0, plug.length() - ".jar".length()));
        }
        CountDownLatch active = new CountDownLatch(missing.size());
        BundleTracker<Bundle> tracker = new BundleTracker<>(context, Bundle.ACTIVE, null) {
            @Override
            public Bundle addingBundle(Bundle bundle, BundleEvent event) {
                if (missing.remove(bundle.getSymbolicName())) {
                    active.countDown();
                }
                return bundle;
            }
        };
        tracker.open();
        assertTrue("plugs that do not run: " + missing, active.await(2, TimeUnit.MINUTES));
        tracker.close();
    }
}
