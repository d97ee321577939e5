/* What the recorder must ask of the families of interposed calls. */
#ifndef GORDIAN_FAMILIES_H
#define GORDIAN_FAMILIES_H

#include <stdint.h>

/* TRACE_LOCK_ bits that a lock of that kind shows in its own memory. */
uint16_t lock_flags(uint16_t kind, const void *lock);
uint16_t mutex_flags(const void *lock);
uint16_t rwlock_flags(const void *lock);
uint16_t semaphore_flags(const void *lock);

#endif
