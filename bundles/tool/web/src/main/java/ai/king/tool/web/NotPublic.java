/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.tool.web;

import java.net.UnknownHostException;

/** A host with an address that is not of the public network. */
final class NotPublic extends UnknownHostException {
    private static final long serialVersionUID = 1;

    NotPublic(String host) {
        super(host + " is no address of the public network");
    }
}
