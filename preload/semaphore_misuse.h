/*
 * The rules of misuse of semaphores. To post what another thread took, to destroy what is taken,
 * and to end with it taken are legal.
 */
#ifndef GORDIAN_SEMAPHORE_MISUSE_H
#define GORDIAN_SEMAPHORE_MISUSE_H

#include "misuse.h"
#include "semaphore_memory.h"

/* Before a post of one that has its largest value, and will fail. */
void semaphore_check_post(struct thread *self, const sem_t *sem, const void *site,
			  const void *frame);
/* Before the destruction of one that threads are blocked on. */
void semaphore_check_destroy(struct thread *self, const sem_t *sem, const void *site,
			     const void *frame);

#endif
