/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.inference;

import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * One model endpoint. Called on the platform's threads, many calls at once; a call may block for minutes and must
 * end soon after an interrupt. Holds the connection details, never a conversation.
 */
@ConsumerType
public interface InferenceBackend {

    /**
     * Answers a prompt, giving the listener each piece of text in order before it returns. Expected failures are
     * {@link Reply.Unavailable}, never an exception.
     */
    Reply chat(Prompt prompt, Listener listener);

    /**
     * Turns texts into vectors of one length, in the order given. Throws {@link UnsupportedOperationException} when
     * {@link BackendStatus#embeds()} is false and {@link IllegalStateException} when the endpoint does not answer.
     */
    List<float[]> embed(List<String> texts);

    /** What this backend can do and whether it is well; cheap, may answer from a state at most seconds old. */
    BackendStatus status();
}
