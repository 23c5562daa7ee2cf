/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.monitor.log;

import ai.king.kit.Configs;
import ai.king.kit.SinkContract;
import ai.king.monitor.MonitoringSink;
import java.util.Map;

class LogSinkContractTest extends SinkContract {

    @Override
    protected MonitoringSink sink() {
        return new LogSink(Configs.of(LogSink.Config.class, Map.of("measures", true)));
    }
}
