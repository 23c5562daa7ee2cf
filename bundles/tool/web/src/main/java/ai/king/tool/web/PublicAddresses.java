/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.tool.web;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * Which addresses belong to the public network. The bytes decide, not the spelling: {@code 127.1}, {@code 0x7f000001} and
 * {@code ::ffff:127.0.0.1} are the same bytes. Ranges after the IANA registries of special-purpose addresses.
 */
final class PublicAddresses {

    private PublicAddresses() {}

    /** All addresses of a host; refused when a single one is not public, because the next answer could be that one. */
    static InetAddress[] resolve(String host) throws UnknownHostException {
        InetAddress[] addresses = InetAddress.getAllByName(host);
        for (InetAddress address : addresses) {
            if (!isPublic(address)) {
                throw new NotPublic(host);
            }
        }
        return addresses;
    }

    static boolean isPublic(InetAddress address) {
        return address instanceof Inet4Address ? isPublic4(address.getAddress()) : isPublic6(address.getAddress());
    }

    private static boolean isPublic4(byte[] bytes) {
        int a = bytes[0] & 0xff;
        int b = bytes[1] & 0xff;
        int c = bytes[2] & 0xff;
        return switch (a) {
            case 0, 10, 127 -> false;
            case 100 -> b < 64 || b > 127;
            case 169 -> b != 254;
            case 172 -> b < 16 || b > 31;
            case 192 -> !(b == 168 || b == 0 && (c == 0 || c == 2) || b == 88 && c == 99);
            case 198 -> !(b == 18 || b == 19 || b == 51 && c == 100);
            case 203 -> !(b == 0 && c == 113);
            default -> a < 224;
        };
    }

    /** Global unicast only, without the ranges that carry an IPv4 address or are for documentation. */
    private static boolean isPublic6(byte[] bytes) {
        int first = (bytes[0] & 0xff) << 8 | bytes[1] & 0xff;
        int second = (bytes[2] & 0xff) << 8 | bytes[3] & 0xff;
        if ((first & 0xe000) != 0x2000) {
            return false;
        }
        boolean special = first == 0x2001 && (second < 0x0200 || second == 0x0db8);
        boolean sixToFour = first == 0x2002;
        boolean documentation = first == 0x3fff && second < 0x1000;
        return !special && !sixToFour && !documentation;
    }
}
