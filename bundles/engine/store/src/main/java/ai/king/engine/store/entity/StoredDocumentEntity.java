/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.store.entity;

import java.time.Instant;
import javax.persistence.Column;
import javax.persistence.Entity;
import javax.persistence.Id;
import javax.persistence.Table;
import javax.persistence.Version;
import org.jspecify.annotations.Nullable;

/** Table {@code stored_document}: the columns of {@link ai.king.business.StoredDocument}. */
@Entity(name = "StoredDocument")
@Table(name = "stored_document")
public class StoredDocumentEntity {
    @Id
    public @Nullable String id;

    @Column(name = "business_id")
    public @Nullable String businessId;

    public @Nullable String name;

    @Column(name = "media_type")
    public @Nullable String mediaType;

    public @Nullable String sha256;

    public long size;

    public @Nullable String text;

    @Column(name = "created_at")
    public @Nullable Instant createdAt;

    @Version
    public long version;
}
