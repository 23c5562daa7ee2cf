/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.jail.warden;

/** What a person can do where there is no jail. */
final class Advice {

    private Advice() {}

    /** The one command, or why there is none. */
    static String of(Toolroom tools) {
        if (tools.filter().isEmpty()) {
            return "jails work on Linux with x86_64 or aarch64 only; this is " + System.getProperty("os.name") + " on "
                    + System.getProperty("os.arch");
        }
        boolean launcher = tools.launcher().isPresent();
        boolean bubblewrap = Programs.find("bwrap").isPresent();
        String first =
                Programs.find("apt-get").isPresent() ? "apt-get install -y " : "install with your package manager: ";
        if (!bubblewrap) {
            return first + "bubblewrap";
        }
        if (!launcher) {
            return first + "gcc libc6-dev";
        }
        return "a kernel with Landlock (CONFIG_SECURITY_LANDLOCK, boot parameter lsm=landlock,...) or with user namespaces "
                + "(sysctl kernel.unprivileged_userns_clone=1)";
    }
}
