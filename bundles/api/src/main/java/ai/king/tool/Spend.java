/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.tool;

/**
 * Where the arguments of a {@link Effect#SPEND} tool say what is spent. Each value is a top-level argument name.
 *
 * @param amount argument with the total amount, a decimal string or number
 * @param currency argument with the ISO 4217 code
 * @param payee argument that names who receives the money; payments to one payee in a day count as one sum
 */
public record Spend(String amount, String currency, String payee) {}
