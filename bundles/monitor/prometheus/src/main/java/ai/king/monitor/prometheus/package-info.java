/** Keeps measures for a Prometheus server to scrape. */
@NullMarked
package ai.king.monitor.prometheus;

import org.jspecify.annotations.NullMarked;
