/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.plug;

import java.util.Map;

/**
 * One (bundle, configuration) of a plug: what is leased, weighed and drained.
 *
 * @param id {@code <bundle digest>/<configuration digest>}, each the first 16 hex characters; {@code platform} for what
 *     an engine registers itself
 * @param type the service interface's simple name: {@code Agent}, {@code Tool}, {@code InferenceBackend} ...
 * @param name the plug's name in its family
 * @param symbolicName of the bundle
 * @param version of the bundle
 * @param bundleId of the framework
 * @param properties the service properties: description, capabilities, rank
 */
public record Generation(
        String id,
        String type,
        String name,
        String symbolicName,
        String version,
        long bundleId,
        Map<String, Object> properties) {}
