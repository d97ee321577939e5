/*
 * Threads that a thread makes before it joins the first of them, of whatever kinds, and joins all
 * before it makes the next: a round. Where it has made such a round before, of which each thread
 * has kept its record, those of the new one count on these, each on the one in its place, and leave
 * nothing:
 *
 * - if they are of the same kin (twins.h), in the order in which they were made; if their creator
 *   took the same inside anything meanwhile, at the same places between its creations and joins, or
 *   nothing; if since it made the first of the earlier one it has done nothing that orders threads,
 *   but make and join such as did no more; and if all of those that it has made since then were
 *   joined before the new round.
 *
 * Nothing is lost. Who is at the same time as one of the new ones is of its round, in which all are
 * at the same time, and so are their likes in the earlier one; or was there before the earlier
 * round, or comes of what was, and nothing has told it since that this had ended: then it is at the
 * same time as all of that, too. And nothing comes to be seen: the earlier ones stay as they are.
 *
 * As of threads in turn, each of which is a round of one, more such rounds are left than can have a
 * part in one circle.
 *
 * They may wait for each other, by what orders them (meetings.h), or by what no more than that is
 * said of: a barrier that is one of too many (sync.h). Who waits, and so what it does then, is
 * chance. So of those it is enough if each did no more than the one that it counts on, with the
 * same events; and where their creator did nothing from the first creation to the last, or from the
 * first join to the last, they may change places: nobody can tell by when they were made.
 *
 * Their creator may post semaphores and take units of them meanwhile, if only they have these
 * (meetings.h): then that is part of what it does in between, in that order. It orders nobody but
 * those of the round, who are over when it is: where it is as in the earlier round nothing is left
 * of it, either, and afterwards it is no more than if it had not been. If it turns out that others
 * have the semaphore, too, or that a unit was left, it orders what it ordered.
 *
 * All under the recorder's lock.
 */
#ifndef GORDIAN_ROUNDS_H
#define GORDIAN_ROUNDS_H

#include "ended.h"

/* That creator has made that thread, which came_with the newest of those it still had. */
void rounds_made(const struct thread *creator, uint32_t thread, uint32_t came_with);
/* The thread did that, before its epoch ends. True: while those of a round are there that it has
 * made. */
bool rounds_event(struct thread *self, const struct trace_event *event);
/* It joins one, which may be a twin. Before that is decided. False: of none that is of note. */
bool rounds_joins(const struct thread *self, const struct ended *ended);
/* It has been decided, as far as it can be. If that was the last of a round, the threads of that
 * may count on those of an earlier one. True: nothing is left of it. */
bool rounds_joined(struct thread *self);
/* The creator has ended. */
void rounds_end(uint32_t creator);
/* A new trace. */
void rounds_reset(void);

#endif
