/**
 * What EclipseLink reads rows into. Plain fields with the component names of the platform's records, enums and JSON as
 * their text; they never leave this bundle.
 */
@NullMarked
package ai.king.engine.store.entity;

import org.jspecify.annotations.NullMarked;
