/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.work;

import ai.king.engine.store.TestDatabase;

class H2GoalStoreTest extends GoalStoreTest {
    @Override
    TestDatabase open() {
        return TestDatabase.h2();
    }
}
