/*
 * Private memory of the recorder: anonymous mappings, never malloc. Only used under the recorder's
 * lock. Blocks come zeroed, in powers of two from 16 bytes up; freed ones are kept for the next of
 * that size.
 */
#ifndef GORDIAN_ARENA_H
#define GORDIAN_ARENA_H

#include <stddef.h>

/* A zeroed block of at least `size` bytes, 16-byte aligned (a cache line from 64 up); NULL: no
 * memory. */
void *arena_alloc(size_t size);
/* `size` as given to arena_alloc. NULL is fine. */
void arena_free(void *block, size_t size);

#endif
