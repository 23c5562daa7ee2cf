/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution.content;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheBuilder;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.internal.storage.dfs.DfsRepositoryDescription;
import org.eclipse.jgit.internal.storage.dfs.InMemoryRepository;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.patch.PatchApplier;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;

/** The {@code terraform/} folder of this distribution, and a patch applied to a copy of it in memory. */
final class TerraformTree implements AutoCloseable {

    private static final long LARGEST = 4L * 1024 * 1024;

    private final InMemoryRepository git = new InMemoryRepository(new DfsRepositoryDescription("terraform"));
    private final ObjectId before;

    /** @param folder the folder itself, with its {@code *.tf} */
    TerraformTree(Path folder) throws IOException {
        DirCache index = DirCache.newInCore();
        DirCacheBuilder builder = index.builder();
        try (ObjectInserter inserter = git.newObjectInserter();
                Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                String path = folder.relativize(file).toString().replace('\\', '/');
                if (path.startsWith(".") || path.contains("/.") || Files.size(file) > LARGEST) {
                    continue;
                }
                DirCacheEntry entry = new DirCacheEntry(TerraformPatch.FOLDER + path);
                entry.setFileMode(FileMode.REGULAR_FILE);
                entry.setObjectId(inserter.insert(Constants.OBJ_BLOB, Files.readAllBytes(file)));
                builder.add(entry);
            }
            builder.finish();
            before = index.writeTree(inserter);
            inserter.flush();
        }
    }

    /**
     * What became of the folder.
     *
     * @param faults why the patch does not apply; empty when it does
     */
    record Applied(ObjectId tree, List<String> faults) {}

    Applied apply(TerraformPatch patch) throws IOException {
        try (ObjectInserter inserter = git.newObjectInserter();
                RevWalk walk = new RevWalk(git)) {
            PatchApplier.Result result =
                    new PatchApplier(git, walk.parseTree(before), inserter).applyPatch(patch.parsed());
            inserter.flush();
            return new Applied(
                    result.getTreeId(),
                    result.getErrors().stream().map(Object::toString).toList());
        }
    }

    /** Writes the folder as it would be. */
    void write(Applied applied, Path to) throws IOException {
        try (TreeWalk walk = new TreeWalk(git)) {
            walk.addTree(applied.tree());
            walk.setRecursive(true);
            while (walk.next()) {
                Path file = to.resolve(walk.getPathString()).normalize();
                Path parent = file.getParent();
                if (parent != null) {
                    Files.createDirectories(parent);
                }
                Files.write(file, git.open(walk.getObjectId(0)).getBytes());
            }
        }
    }

    @Override
    public void close() {
        git.close();
    }
}
