/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.store;

import ai.king.access.Token;
import ai.king.access.User;
import ai.king.agents.Memory;
import ai.king.business.Business;
import ai.king.business.PlaybookRun;
import ai.king.business.PriceChange;
import ai.king.business.PurchaseOrder;
import ai.king.business.StoredDocument;
import ai.king.cluster.Node;
import ai.king.engine.store.entity.ApprovalEntity;
import ai.king.engine.store.entity.BusinessEntity;
import ai.king.engine.store.entity.CallEntity;
import ai.king.engine.store.entity.ConversationEntity;
import ai.king.engine.store.entity.ExchangeEntity;
import ai.king.engine.store.entity.ExpectationEntity;
import ai.king.engine.store.entity.GoalEntity;
import ai.king.engine.store.entity.MemoryEntity;
import ai.king.engine.store.entity.NodeEntity;
import ai.king.engine.store.entity.PlaybookRunEntity;
import ai.king.engine.store.entity.PointerEntity;
import ai.king.engine.store.entity.PriceChangeEntity;
import ai.king.engine.store.entity.ProposalEntity;
import ai.king.engine.store.entity.PurchaseOrderEntity;
import ai.king.engine.store.entity.ReleaseEntity;
import ai.king.engine.store.entity.ReservationEntity;
import ai.king.engine.store.entity.SettingEntity;
import ai.king.engine.store.entity.SpendEntity;
import ai.king.engine.store.entity.StepEntity;
import ai.king.engine.store.entity.StoredDocumentEntity;
import ai.king.engine.store.entity.TokenEntity;
import ai.king.engine.store.entity.UserEntity;
import ai.king.engine.store.entity.VoteEntity;
import ai.king.evolution.Expectation;
import ai.king.evolution.Pointer;
import ai.king.evolution.Proposal;
import ai.king.evolution.Release;
import ai.king.gate.Approval;
import ai.king.gate.Reservation;
import ai.king.gate.Setting;
import ai.king.gate.Vote;
import ai.king.inferences.Spend;
import ai.king.store.Row;
import ai.king.work.Call;
import ai.king.work.Conversation;
import ai.king.work.Exchange;
import ai.king.work.Goal;
import ai.king.work.Step;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The records that can be stored. A new one needs its table, its entity, a line in persistence.xml and one here. */
final class Mappings {

    private static final Map<Class<?>, Mapping<?>> ALL = Stream.of(
                    new Mapping<>(Goal.class, GoalEntity.class),
                    new Mapping<>(Step.class, StepEntity.class),
                    new Mapping<>(Call.class, CallEntity.class),
                    new Mapping<>(Approval.class, ApprovalEntity.class),
                    new Mapping<>(Vote.class, VoteEntity.class),
                    new Mapping<>(Reservation.class, ReservationEntity.class),
                    new Mapping<>(Setting.class, SettingEntity.class),
                    new Mapping<>(User.class, UserEntity.class),
                    new Mapping<>(Token.class, TokenEntity.class),
                    new Mapping<>(Business.class, BusinessEntity.class),
                    new Mapping<>(StoredDocument.class, StoredDocumentEntity.class),
                    new Mapping<>(PurchaseOrder.class, PurchaseOrderEntity.class),
                    new Mapping<>(PlaybookRun.class, PlaybookRunEntity.class),
                    new Mapping<>(PriceChange.class, PriceChangeEntity.class),
                    new Mapping<>(Proposal.class, ProposalEntity.class),
                    new Mapping<>(Release.class, ReleaseEntity.class),
                    new Mapping<>(Expectation.class, ExpectationEntity.class),
                    new Mapping<>(Pointer.class, PointerEntity.class),
                    new Mapping<>(Node.class, NodeEntity.class),
                    new Mapping<>(Memory.class, MemoryEntity.class),
                    new Mapping<>(Spend.class, SpendEntity.class),
                    new Mapping<>(Conversation.class, ConversationEntity.class),
                    new Mapping<>(Exchange.class, ExchangeEntity.class))
            .collect(Collectors.toUnmodifiableMap(Mapping::type, Function.identity()));

    private Mappings() {}

    static Map<Class<?>, Mapping<?>> all() {
        return ALL;
    }

    @SuppressWarnings("unchecked")
    static <R extends Row> Mapping<R> of(Class<R> type) {
        Mapping<?> mapping = ALL.get(type);
        if (mapping == null) {
            throw new IllegalArgumentException(type.getName() + " is no stored record");
        }
        return (Mapping<R>) mapping;
    }
}
