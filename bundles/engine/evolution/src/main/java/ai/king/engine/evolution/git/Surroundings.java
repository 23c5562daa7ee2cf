/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution.git;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;
import org.jspecify.annotations.Nullable;

/** Neither the machine's nor the user's git settings, and no git program: the export depends on the store alone. */
final class Surroundings extends SystemReader.Delegate {

    /** Files younger than this are read again; coarser than any file system's clock. */
    private static final Duration CLOCK = Duration.ofSeconds(2);

    private final Path folder;

    private Surroundings(Path folder) {
        super(SystemReader.getInstance());
        this.folder = folder;
    }

    static void none(Path folder) {
        if (!(SystemReader.getInstance() instanceof Surroundings)) {
            SystemReader.setInstance(new Surroundings(folder));
        }
    }

    private FileBasedConfig empty(@Nullable Config parent, FS fs, String name) {
        return new FileBasedConfig(parent, folder.resolve(name).toFile(), fs) {
            @Override
            public void load() {
                // Nothing of the machine's own.
            }

            @Override
            public boolean isOutdated() {
                return false;
            }

            @Override
            public long getTimeUnit(String section, String subsection, String name, long otherwise, TimeUnit unit) {
                // Said, or JGit measures it with a busy loop that takes a processor for seconds of every start.
                return section.equals("filesystem")
                        ? unit.convert(CLOCK)
                        : super.getTimeUnit(section, subsection, name, otherwise, unit);
            }
        };
    }

    @Override
    public @Nullable String getenv(String variable) {
        return null;
    }

    @Override
    public FileBasedConfig openUserConfig(@Nullable Config parent, FS fs) {
        return empty(parent, fs, "no-user-config");
    }

    @Override
    public FileBasedConfig openSystemConfig(@Nullable Config parent, FS fs) {
        return empty(parent, fs, "no-system-config");
    }

    @Override
    public FileBasedConfig openJGitConfig(@Nullable Config parent, FS fs) {
        return empty(parent, fs, "no-jgit-config");
    }
}
