/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.login;

import ai.king.access.Users;
import java.nio.file.Path;
import java.util.Map;
import javax.security.auth.login.AppConfigurationEntry;
import javax.security.auth.login.AppConfigurationEntry.LoginModuleControlFlag;
import org.apache.karaf.jaas.boot.ProxyLoginModule;
import org.apache.karaf.jaas.config.JaasRealm;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * The realm {@code karaf} that web console, SSH and REST ask. Outranks Karaf's own realm over files, which stays empty:
 * while the users are not reachable, nobody gets in.
 */
@Component
public final class KarafRealm implements JaasRealm {

    private final Map<String, Object> options;

    @Activate
    public KarafRealm(BundleContext context, @Reference Users users) {
        Logins logins = new Logins(users, new Brake(System::nanoTime));
        ShellKeys keys = new ShellKeys(Path.of(context.getProperty("karaf.data"), "ssh"), users);
        options = Map.of(
                ProxyLoginModule.PROPERTY_MODULE,
                UserLoginModule.class.getName(),
                ProxyLoginModule.PROPERTY_BUNDLE,
                Long.toString(context.getBundle().getBundleId()),
                UserLoginModule.LOGINS,
                logins,
                UserLoginModule.KEYS,
                keys);
    }

    @Override
    public String getName() {
        return "karaf";
    }

    @Override
    public int getRank() {
        return 100;
    }

    @Override
    public AppConfigurationEntry[] getEntries() {
        return new AppConfigurationEntry[] {
            new AppConfigurationEntry(ProxyLoginModule.class.getName(), LoginModuleControlFlag.REQUIRED, options)
        };
    }
}
