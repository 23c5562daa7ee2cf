/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.tool.web;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Turns a host into the addresses a connection may go to; what it answers is used as it is, never asked for again. */
@FunctionalInterface
interface Resolver {
    InetAddress[] resolve(String host) throws UnknownHostException;
}
