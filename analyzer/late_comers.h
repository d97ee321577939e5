/*
 * Threads that come too late to wait for a condition, or have waited with a limit of time: they
 * take its mutex, find that what they would have waited for is so, and go on. No recording shows
 * that they looked, but their code does: struct event, asked (of TRACE_EVENT_came), is the
 * condition, if
 *
 *  - on each way from there to the end of the function the code asks for its news, with that mutex
 *    (code_asks.h), before it takes anything else under it,
 *  - and would have waited as long as the file's variables are what they are when the program
 *    begins (code_starts.h), but for those that may be set before (code_early.h) or by the thread
 *    itself; and members of the object that the mutex is in are what they are when it is made, if
 *    that is known (code_birth.h): so there has been news. One that asks whether there is room in a
 *    queue goes on without anybody having made it.
 *
 * It is rivalled if another thread than one that signalled the condition took that mutex, too,
 * where its code may signal it (code_section.h), and does not ask itself.
 *
 * Nothing is said of a process that began as a fork: its variables began as its parent's.
 */
#ifndef GORDIAN_LATE_COMERS_H
#define GORDIAN_LATE_COMERS_H

#include "model.h"

/* Looks into the code of all of them, and for countdowns. */
void late_comers_find(struct model *model);

#endif
