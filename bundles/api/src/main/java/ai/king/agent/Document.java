/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agent;

/** A document of a business: what it is called and what it holds. */
public record Document(String id, String name, String mediaType, String sha256, long size) {}
