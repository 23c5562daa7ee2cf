/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.inference.local;

import ai.king.inference.InferenceBackend;
import ai.king.kit.BackendContract;
import ai.king.kit.Configs;

class LocalBackendContractTest extends BackendContract {

    @Override
    protected InferenceBackend backend() {
        return new LocalBackend(Configs.defaults(LocalBackend.Config.class));
    }
}
