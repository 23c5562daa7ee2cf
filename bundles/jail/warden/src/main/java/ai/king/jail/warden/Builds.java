/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.jail.warden;

import ai.king.evolution.Jail.Built;
import ai.king.evolution.Jail.Source;
import ai.king.jail.host.wire.Frame;
import java.io.IOException;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;

/** Makes bundles of source in a cell. What comes out is as little trusted as what went in. */
final class Builds {

    private static final int LONGEST_FRAME = 8 << 20;

    private Builds() {}

    /** Makes one bundle; ends the cell, whatever happens. */
    static Built run(Trials.Opening opening, Source source, Duration limit) {
        try (Cell cell = opening.open(Map.of())) {
            Exchange.Heard heard = Exchange.once(
                    cell,
                    nonce -> new Frame.Build(nonce, source.symbolicName(), source.version(), source.files()),
                    LONGEST_FRAME,
                    limit);
            return heard.frame() instanceof Frame.Built built && heard.carries(built.nonce())
                    ? new Built(
                            built.bundle().map(Base64.getDecoder()::decode),
                            built.tests().map(Base64.getDecoder()::decode),
                            built.errors())
                    : Built.failed(heard.otherwise());
        } catch (IOException | IllegalArgumentException e) {
            return Built.failed("the jail does not build it: " + e.getMessage());
        }
    }
}
