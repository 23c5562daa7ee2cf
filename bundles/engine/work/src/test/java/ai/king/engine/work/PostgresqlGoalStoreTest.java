/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.work;

import ai.king.engine.store.TestDatabase;

class PostgresqlGoalStoreTest extends GoalStoreTest {
    @Override
    TestDatabase open() {
        return TestDatabase.postgresql();
    }
}
