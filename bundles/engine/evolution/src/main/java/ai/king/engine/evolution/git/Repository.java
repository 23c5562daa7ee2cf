/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution.git;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheBuilder;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.transport.PushResult;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.RemoteRefUpdate;
import org.eclipse.jgit.transport.Transport;
import org.eclipse.jgit.transport.URIish;
import org.jspecify.annotations.Nullable;

/**
 * A bare repository with one commit a permanent release. Everything in a commit comes from the store, times and names
 * included, so that its id is the same on every node and made again after a loss.
 */
public final class Repository implements AutoCloseable {

    private static final String BRANCH = "refs/heads/main";
    private static final String EXPORTER = "King AI";
    private static final String NOBODY = "@king.invalid";
    private static final int PUSH_SECONDS = 30;

    private final FileRepository git;

    public Repository(Path folder) throws IOException {
        Surroundings.none(folder);
        git = new FileRepository(folder.toFile());
        if (!git.getObjectDatabase().exists()) {
            git.create(true);
            RefUpdate head = git.updateRef(Constants.HEAD);
            head.disableRefLog();
            head.link(BRANCH);
        }
    }

    /**
     * Takes away what a killed process left: locks that nobody holds, or a repository that was only begun. Called once in a
     * process, before it is opened.
     */
    public static void repair(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        boolean begun = !Files.exists(folder.resolve(Constants.HEAD));
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
                if (begun || one.toString().endsWith(".lock")) {
                    Files.delete(one);
                }
            }
        }
    }

    /** The commit of a release; empty when it was not exported yet. */
    public Optional<String> commit(long no) throws IOException {
        return Optional.ofNullable(git.exactRef(tag(no)))
                .map(ref -> ref.getObjectId())
                .map(ObjectId::name);
    }

    /** Adds the steps that are not there yet, oldest first, each upon the one before; true when there were any. */
    public boolean add(List<Step> steps) throws IOException {
        boolean changed = false;
        @Nullable ObjectId parent = null;
        for (Step step : steps) {
            @Nullable ObjectId there = git.resolve(tag(step.no()));
            if (there == null) {
                there = write(step, parent);
                move(tag(step.no()), there);
                changed = true;
            }
            parent = there;
        }
        if (parent != null && !parent.equals(git.resolve(BRANCH))) {
            move(BRANCH, parent);
            changed = true;
        }
        return changed;
    }

    /** Pushes the branch and the tags. */
    public void push(String remote) throws IOException {
        try (Transport transport = Transport.open(git, new URIish(remote))) {
            transport.setTimeout(PUSH_SECONDS);
            List<RefSpec> refs =
                    List.of(new RefSpec("+" + BRANCH + ":" + BRANCH), new RefSpec("+refs/tags/*:refs/tags/*"));
            PushResult result = transport.push(NullProgressMonitor.INSTANCE, transport.findRemoteRefUpdatesFor(refs));
            for (RemoteRefUpdate update : result.getRemoteUpdates()) {
                if (update.getStatus() != RemoteRefUpdate.Status.OK
                        && update.getStatus() != RemoteRefUpdate.Status.UP_TO_DATE) {
                    throw new IOException(update.getRemoteName() + ": " + update.getStatus());
                }
            }
        } catch (URISyntaxException e) {
            throw new IOException("the remote is no address of a repository: " + e.getReason(), e);
        }
    }

    private ObjectId write(Step step, @Nullable ObjectId parent) throws IOException {
        try (ObjectInserter inserter = git.newObjectInserter()) {
            CommitBuilder commit = new CommitBuilder();
            commit.setTreeId(tree(inserter, new TreeMap<>(step.files())));
            if (parent != null) {
                commit.setParentId(parent);
            }
            commit.setAuthor(person(step.author(), step));
            commit.setCommitter(person(EXPORTER, step));
            commit.setMessage(step.message());
            ObjectId id = inserter.insert(commit);
            inserter.flush();
            return id;
        }
    }

    private static ObjectId tree(ObjectInserter inserter, Map<String, String> files) throws IOException {
        DirCache cache = DirCache.newInCore();
        DirCacheBuilder builder = cache.builder();
        for (Map.Entry<String, String> file : files.entrySet()) {
            DirCacheEntry entry = new DirCacheEntry(file.getKey());
            entry.setFileMode(FileMode.REGULAR_FILE);
            entry.setObjectId(
                    inserter.insert(Constants.OBJ_BLOB, file.getValue().getBytes(StandardCharsets.UTF_8)));
            builder.add(entry);
        }
        builder.finish();
        return cache.writeTree(inserter);
    }

    private static PersonIdent person(String name, Step step) {
        return new PersonIdent(name, name.replaceAll("[^a-zA-Z0-9]", "-") + NOBODY, step.at(), ZoneOffset.UTC);
    }

    private void move(String ref, ObjectId to) throws IOException {
        RefUpdate update = git.updateRef(ref);
        update.disableRefLog();
        update.setNewObjectId(to);
        RefUpdate.Result result = update.forceUpdate();
        if (result == RefUpdate.Result.LOCK_FAILURE || result == RefUpdate.Result.IO_FAILURE) {
            throw new IOException(ref + " cannot be moved: " + result);
        }
    }

    private static String tag(long no) {
        return "refs/tags/release-" + no;
    }

    @Override
    public void close() {
        git.close();
    }
}
