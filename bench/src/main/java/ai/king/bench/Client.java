/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.bench;

/** The platform's REST door as an operator's program uses it. */
final class Client {

    static final String PASSWORD = "first-Password-1";

    private Client() {}
}
