/* The rules of misuse of conditions. For pthread_cond_t and what is one under another name (cnd_t).
 */
#ifndef GORDIAN_COND_MISUSE_H
#define GORDIAN_COND_MISUSE_H

#include "acquire.h"

/* Before a wait of operation op; again: the acquisition at its end. held: the thread has recorded
 * that it holds the mutex. */
void cond_check_wait(struct thread *self, const void *cond, uint16_t op,
		     const struct acquire *again, bool held);
/* Before a signal or broadcast. */
/* With which mutex a condition was waited for last, as far as that is remembered; NULL. */
const void *cond_bound(const void *cond);
void cond_bind(const void *cond, const void *mutex);
void cond_check_signal(const void *cond, uint16_t act, const void *site, const void *frame);
void cond_check_destroy(const void *cond, uint16_t act, const void *site, const void *frame);

#endif
