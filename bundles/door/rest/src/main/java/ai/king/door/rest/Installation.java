/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.rest;

import java.time.Duration;
import java.util.List;

/** What is installed on this node. */
interface Installation {

    /** The platform's version. */
    String version();

    /** How long the node has been up. */
    Duration uptime();

    /** Bytes that are free where the node keeps its data. */
    long freeBytes();

    List<Installed> bundles();

    /** One bundle of the framework; its location says where it came from. */
    record Installed(long id, String symbolicName, String version, String state, String location) {}
}
