@NullMarked
package dev.herald;

import org.jspecify.annotations.NullMarked;
