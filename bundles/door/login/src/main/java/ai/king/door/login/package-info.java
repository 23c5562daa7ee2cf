/** The realm {@code karaf} over the platform's users, the SSH shell's switch, and what every HTTP answer carries. */
@NullMarked
package ai.king.door.login;

import org.jspecify.annotations.NullMarked;
