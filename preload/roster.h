/*
 * The live threads, to be looked up without the recorder's lock. What is found may have ended
 * since; a struct thread is never freed, so that reading it does no harm.
 */
#ifndef GORDIAN_ROSTER_H
#define GORDIAN_ROSTER_H

#include "recorder.h"

enum { ROSTER_MOST = 128 }; /* threads that a look through all of them is worth while for */

/* Its tid and ref are set. Under the recorder's lock. */
void roster_enter(struct thread *thread);
/* Does nothing for one that is not there. Under the recorder's lock. */
void roster_leave(struct thread *thread);

/* The thread of that kernel id; NULL: not known, or it has made room for another one. */
struct thread *roster_of(int tid);

/* The i-th place, NULL where nobody is; i < roster_places(), which is 0 when there are too many. */
struct thread *roster_at(unsigned i);
unsigned roster_places(void);

#endif
