/** Takes signals of every engine to the sinks; a slow or throwing sink harms nobody but itself. */
@NullMarked
package ai.king.engine.signals;

import org.jspecify.annotations.NullMarked;
