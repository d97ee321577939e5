/*
 * Threads that live while another one holds a lock all the time: it holds it when it creates them,
 * and has not given it back when it has joined them. So whoever else takes that lock meets none of
 * them. Of the newest few that a thread has created under a lock that is known.
 */
#ifndef GORDIAN_GUARDED_H
#define GORDIAN_GUARDED_H

#include "recorder.h"

/* The thread creates another one, of that record. */
void guarded_created(struct thread *self, uint32_t thread_ref);
/* It has joined that one. Under the recorder's lock. */
void guarded_joined(struct thread *self, uint32_t thread_ref);

#endif
