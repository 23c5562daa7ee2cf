/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.jail.host.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** How the values of one type are written and read. */
interface Shape {

    void write(JsonGenerator out, @Nullable Object value) throws IOException;

    /** The parser stands on the first token of the value, afterwards on its last. */
    @Nullable
    Object read(JsonParser in) throws IOException;
}
