/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.plug;

/** No generation of this name takes calls. */
public final class NoSuchPlug extends RuntimeException {
    private static final long serialVersionUID = 1;

    public NoSuchPlug(String message) {
        super(message);
    }
}
