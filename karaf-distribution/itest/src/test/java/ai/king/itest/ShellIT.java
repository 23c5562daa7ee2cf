/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.itest;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivilegedAction;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.inject.Inject;
import javax.security.auth.Subject;
import org.apache.karaf.jaas.boot.principal.RolePrincipal;
import org.apache.karaf.jaas.boot.principal.UserPrincipal;
import org.apache.karaf.shell.api.console.Command;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.api.console.SessionFactory;
import org.junit.Test;
import org.osgi.framework.Bundle;

/**
 * What the shell lets people do. Every command that is registered is tried, so that one that comes with a newer Karaf is
 * allowed by a line of this test or not at all.
 */
public class ShellIT extends KingExam {

    private static final List<String> EVERY_ROLE =
            List.of("viewer", "operator", "approver", "legal-approver", "developer", "admin");

    /** What administrators have beside the commands of the platform: it shows things, and stops the node as a signal does. */
    private static final Set<String> HARMLESS = new TreeSet<>(Arrays.asList(
            """
            *:help bundle:capabilities bundle:classes bundle:diag bundle:find-class bundle:headers
            bundle:id bundle:info bundle:list bundle:requirements bundle:services bundle:status
            bundle:tree-show config:exists config:list feature:info feature:list feature:repo-list
            feature:status feature:version-list jaas:realm-list jaas:whoami log:clear log:display
            log:exception-display log:get log:log log:set log:tail scr:config scr:info scr:list
            service:list service:wait shell:alias shell:clear shell:date shell:each shell:echo shell:format
            shell:grep shell:head shell:history shell:if shell:info shell:less shell:logout shell:printf
            shell:sleep shell:sort shell:tail shell:threads shell:wc shell:while system:shutdown
            system:version
            """
                    .strip()
                    .split("\\s+")));

    @Inject
    private SessionFactory shell;

    @Test
    public void administratorsHaveTheCommandsOfThePlatformAndThoseThatOnlyShow() {
        Set<String> allowed = allowed("admin");
        Set<String> others = new TreeSet<>(allowed);
        others.removeIf(command -> command.startsWith("king:"));
        assertEquals(HARMLESS, others);
        assertTrue(allowed.toString(), allowed.containsAll(Set.of("king:status", "king:approve", "king:pause")));
    }

    @Test
    public void aViewerHasNoCommandAtAllNorHasAnybodyWhoIsNoAdministrator() {
        for (String role : EVERY_ROLE) {
            if (!role.equals("admin")) {
                assertEquals(role, Set.of(), allowed(role));
            }
        }
    }

    @Test
    public void nobodyInstallsABundleThroughAnObjectOfTheFramework() throws Exception {
        long before = bundles();
        Path file = Files.createTempFile("king", ".jar");
        String[] ways = {
            "$.context installBundle " + file.toUri(),
            "($.context getBundle 0) stop",
            "addcommand own $.context",
            "bundle:install " + file.toUri(),
            "feature:install http",
            "cm:createFactoryConfiguration ai.king.agent.echo",
            "config:property-set -p ai.king.engine.store url x",
            "shell:exec id",
            "shell:new java.io.File /tmp",
            "shell:cat " + file,
            "shell:echo x > " + file
        };
        for (String line : ways) {
            assertTrue(line + " was not refused: " + answer(line, EVERY_ROLE), refused(line, EVERY_ROLE));
        }
        assertEquals(before, bundles());
        assertEquals("nothing was written", 0, Files.size(file));
    }

    private long bundles() {
        return Arrays.stream(context.getBundles()).map(Bundle::getBundleId).count();
    }

    /** The commands that somebody with one role gets past the shell's rules; each is only asked for its help. */
    private Set<String> allowed(String role) {
        Set<String> allowed = new TreeSet<>();
        for (Command command : shell.getRegistry().getCommands()) {
            String name = command.getScope() + ":" + command.getName();
            if (!refused(name + " --help", List.of(role))) {
                allowed.add(name);
            }
        }
        assertFalse("there are commands", shell.getRegistry().getCommands().isEmpty());
        return allowed;
    }

    private boolean refused(String line, List<String> roles) {
        String answer = answer(line, roles);
        return answer.contains("Command not found") || answer.contains("Insufficient credentials");
    }

    /** What a session of a person with these roles says to a line, or why it refuses. */
    private String answer(String line, List<String> roles) {
        Subject subject = new Subject();
        subject.getPrincipals().add(new UserPrincipal("admin"));
        roles.forEach(role -> subject.getPrincipals().add(new RolePrincipal(role)));
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
        InputStream nothing = new ByteArrayInputStream(new byte[0]);
        return Subject.doAs(subject, (PrivilegedAction<String>) () -> {
            Session session = shell.create(nothing, out, out);
            try {
                Object result = session.execute(line);
                return said.toString(StandardCharsets.UTF_8) + (result == null ? "" : result);
            } catch (Exception e) {
                return e.getClass().getSimpleName() + ": " + e.getMessage();
            } finally {
                session.close();
            }
        });
    }
}
