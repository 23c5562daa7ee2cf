/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.jail.host.wire;

import ai.king.agent.Document;
import ai.king.agent.Inquired;
import ai.king.agent.Inquiry;
import ai.king.agent.Outcome;
import ai.king.agent.Records;
import ai.king.agent.Task;
import ai.king.inference.Prompt;
import ai.king.inference.Reply;
import ai.king.memory.Recalled;
import ai.king.tool.ToolResult;
import ai.king.tool.ToolSpec;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One message. The first one from the platform is {@link Serve}, {@link Judge} or {@link Build}; each says what the program is for. */
public sealed interface Frame {

    /**
     * To the host: load this bundle with this configuration and perform tasks. Paths are as the jail sees them.
     *
     * @param name the agent's name; empty: the only agent there is
     */
    record Serve(String bundle, String name, Map<String, Object> configuration) implements Frame {}

    /**
     * To the host: judge this bundle and answer with one {@link Verdict}.
     *
     * @param nonce the secret the verdict must carry; no line of the candidate has run when it is read
     * @param libraries bundles of the platform that it imports from
     * @param tests the jar with the candidate's own tests
     */
    record Judge(
            String nonce,
            String bundle,
            List<String> libraries,
            Optional<String> tests,
            Map<String, Object> configuration)
            implements Frame {}

    /**
     * To the host: make a bundle of this source and answer with one {@link Built}. Nothing of it is run.
     *
     * @param nonce the secret the answer must carry
     * @param symbolicName of the bundle, and the one package of its classes
     * @param files texts by path, as {@code src/main/java/...}, {@code src/main/resources/...}, {@code src/test/java/...}
     */
    record Build(String nonce, String symbolicName, String version, Map<String, String> files) implements Frame {}

    /**
     * From the host: the result of {@link Build}, with its nonce.
     *
     * @param bundle the jar in base64; empty where there are errors
     * @param tests the jar with the compiled tests, where there are any
     * @param errors a line each: what is wrong and where
     */
    record Built(String nonce, Optional<String> bundle, Optional<String> tests, List<String> errors) implements Frame {}

    /** From the host: the agent is there. */
    record Ready() implements Frame {}

    /** From the host: the agent cannot be had, and why. The program ends. */
    record Unfit(String reason) implements Frame {}

    /** To the host: perform this task as call {@code id}. */
    record Perform(long id, Task task) implements Frame {}

    /** To the host: nobody waits for call {@code id} any more; its thread is interrupted. */
    record Cancel(long id) implements Frame {}

    /** From the host: the agent of call {@code id} asks its context; it waits for the {@link Answered} of the same id. */
    record Asked(long id, Question question) implements Frame {}

    /** To the host: what the context answered call {@code id}. */
    record Answered(long id, Answer answer) implements Frame {}

    /** From the host: how call {@code id} ended. */
    record Performed(long id, Outcome outcome) implements Frame {}

    /** From the host: the result of {@link Judge}, with its nonce. */
    record Verdict(String nonce, List<Finding> findings) implements Frame {}

    /**
     * What one suite of tests said: its name, the tests that ran, and a line for each that failed.
     *
     * @param succeeded the tests that passed, by class and method; of the candidate's own only
     */
    record Finding(String suite, int run, int passed, List<String> failures, List<String> succeeded) {

        public Finding(String suite, int run, int passed, List<String> failures) {
            this(suite, run, passed, failures, List.of());
        }
    }

    /** What an agent asks its context. */
    sealed interface Question {
        record Tools() implements Question {}

        record CallTool(String tool, Map<String, Object> arguments) implements Question {}

        record CanChat() implements Question {}

        record Chat(Prompt prompt) implements Question {}

        record Inquire(Inquiry inquiry) implements Question {}

        record Embed(List<String> texts) implements Question {}

        record Profile() implements Question {}

        record Rows(String kind, LocalDate from, LocalDate to) implements Question {}

        record Documents() implements Question {}

        record Text(String documentId) implements Question {}

        record Delegate(String agent, Task task) implements Question {}

        record Remember(String text, Map<String, String> attributes) implements Question {}

        record Recall(String text, int limit) implements Question {}

        record Note(String text) implements Question {}

        record Now() implements Question {}

        record Random() implements Question {}
    }

    /** What the context answers. */
    sealed interface Answer {
        record Tools(List<ToolSpec> tools) implements Answer {}

        record OfTool(ToolResult result) implements Answer {}

        record Flag(boolean value) implements Answer {}

        record OfModel(Reply reply) implements Answer {}

        record OfInquiry(Inquired inquired) implements Answer {}

        record Vectors(Optional<List<float[]>> vectors) implements Answer {}

        record Profile(Optional<Map<String, String>> profile) implements Answer {}

        record Rows(Records records) implements Answer {}

        record Documents(List<Document> documents) implements Answer {}

        record Text(String text) implements Answer {}

        record Delegated(Outcome outcome) implements Answer {}

        record Memories(List<Recalled> memories) implements Answer {}

        record Time(Instant now) implements Answer {}

        record Number(double value) implements Answer {}

        record Nothing() implements Answer {}

        /** The argument was wrong: an {@link IllegalArgumentException} with this message. */
        record Wrong(String message) implements Answer {}

        /** The call goes no further: the agent is to be unwound. */
        record Stop() implements Answer {}
    }
}
