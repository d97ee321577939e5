/* The whole recording of a call that makes a lock, and of one that ends it: after its success. */
#ifndef GORDIAN_CREATED_H
#define GORDIAN_CREATED_H

#include <stdint.h>

/* site, frame: of the interposed call. */
/* With that amount (locks_set_amount), by that act (life_check_init; 0: not checked). */
void lock_created_of(const void *lock, uint16_t kind, uint32_t amount, uint16_t act,
		     const void *site, const void *frame);
void lock_created(const void *lock, uint16_t kind, const void *site, const void *frame);
void lock_destroyed(const void *lock);

#endif
