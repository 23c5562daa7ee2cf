/** Writes signals to the log: the reference sink. */
@NullMarked
package ai.king.monitor.log;

import org.jspecify.annotations.NullMarked;
