/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.work;

import ai.king.access.Identity;
import ai.king.inference.Listener;
import ai.king.store.Page;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Talks with people. Figures are computed from stored data or missing, never guessed; a command becomes a goal; votes are
 * never cast here. A conversation of somebody else is as unknown as one that does not exist. Bad input is
 * {@link IllegalArgumentException}, an unknown conversation {@link java.util.NoSuchElementException}.
 */
@ProviderType
public interface Conversations {

    /**
     * Answers a message and stores both. Blocks while a model answers.
     *
     * @param listener gets the reply while a model makes it, or as a whole once it is stored, in order, on the caller's thread;
     *     throwing while a model speaks ends it, and nothing is stored
     */
    Exchange say(Identity person, Said said, Listener listener);

    Optional<Conversation> find(Identity person, String id);

    /** Own conversations, newest first. */
    Page<Conversation> page(Identity person, @Nullable String cursor, int limit);

    /** What was said in one of them, newest first. */
    Page<Exchange> exchanges(Identity person, String conversationId, @Nullable String cursor, int limit);

    Optional<Exchange> exchange(Identity person, String id);

    /** Removes a conversation with all that was said in it. */
    void forget(Identity person, String id);

    /**
     * A message.
     *
     * @param conversationId null begins a conversation
     * @param businessId what it is about; null lets the words and the conversation tell
     */
    record Said(String message, @Nullable String conversationId, @Nullable String businessId) {}
}
