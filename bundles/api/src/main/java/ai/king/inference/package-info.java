/** What an inference backend is: one model endpoint that chats, streams and embeds. */
@Export
@Version("1.0.0")
@NullMarked
package ai.king.inference;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
