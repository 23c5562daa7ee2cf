/** The echo tool. */
@NullMarked
package ai.king.tool.echo;

import org.jspecify.annotations.NullMarked;
