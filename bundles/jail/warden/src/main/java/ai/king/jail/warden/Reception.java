/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.jail.warden;

import ai.king.agent.AgentContext;
import ai.king.agent.BusinessData;
import ai.king.jail.host.wire.Frame.Answer;
import ai.king.jail.host.wire.Frame.Question;

/** Puts the questions of a jailed agent to the context that the platform gave with the call. */
final class Reception {

    private final AgentContext context;

    Reception(AgentContext context) {
        this.context = context;
    }

    /** What the context throws to unwind the agent passes through; a wrong argument becomes an answer. */
    Answer answer(Question question) {
        try {
            return ask(question);
        } catch (IllegalArgumentException e) {
            return new Answer.Wrong(String.valueOf(e.getMessage()));
        }
    }

    private Answer ask(Question question) {
        if (question instanceof Question.CallTool call) {
            return new Answer.OfTool(context.call(call.tool(), call.arguments()));
        } else if (question instanceof Question.Tools) {
            return new Answer.Tools(context.tools());
        } else if (question instanceof Question.CanChat) {
            return new Answer.Flag(context.canChat());
        } else if (question instanceof Question.Chat chat) {
            return new Answer.OfModel(context.chat(chat.prompt()));
        } else if (question instanceof Question.Inquire inquire) {
            return new Answer.OfInquiry(context.inquire(inquire.inquiry()));
        } else if (question instanceof Question.Embed embed) {
            return new Answer.Vectors(context.embed(embed.texts()));
        } else if (question instanceof Question.Delegate delegate) {
            return new Answer.Delegated(context.delegate(delegate.agent(), delegate.task()));
        } else if (question instanceof Question.Remember remember) {
            context.remember(remember.text(), remember.attributes());
            return new Answer.Nothing();
        } else if (question instanceof Question.Recall recall) {
            return new Answer.Memories(context.recall(recall.text(), recall.limit()));
        } else if (question instanceof Question.Note note) {
            context.note(note.text());
            return new Answer.Nothing();
        } else if (question instanceof Question.Now) {
            return new Answer.Time(context.now());
        } else if (question instanceof Question.Random) {
            return new Answer.Number(context.random());
        }
        return askBusiness(question);
    }

    private Answer askBusiness(Question question) {
        if (question instanceof Question.Profile) {
            return new Answer.Profile(context.business().map(BusinessData::profile));
        } else if (question instanceof Question.Rows rows) {
            return new Answer.Rows(business().records(rows.kind(), rows.from(), rows.to()));
        } else if (question instanceof Question.Documents) {
            return new Answer.Documents(business().documents());
        } else if (question instanceof Question.Text text) {
            return new Answer.Text(business().text(text.documentId()));
        }
        throw new IllegalStateException("no answer to " + question.getClass().getSimpleName());
    }

    private BusinessData business() {
        return context.business().orElseThrow(() -> new IllegalArgumentException("this task has no business"));
    }
}
