/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.monitor.prometheus;

import ai.king.kit.Configs;
import ai.king.kit.SinkContract;
import ai.king.monitor.MonitoringSink;

class PrometheusSinkContractTest extends SinkContract {

    @Override
    protected MonitoringSink sink() {
        return new PrometheusSink(Configs.defaults(PrometheusSink.Config.class));
    }
}
