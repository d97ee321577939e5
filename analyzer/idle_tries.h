/*
 * Tries that make no difference: of semaphores, and joins that may fail.
 *
 * Tries of semaphores that got a unit and need not have, as their thread would have done the same
 * without it (code_idle.h): struct event, idle. Where the code cannot be read none is; nor is one
 * after the thread has got a unit otherwise: who waits for one piece of news and then empties the
 * semaphore acts upon all that there is. Nor is one with a lock held, under which the thread may
 * have found what the unit stands for.
 *
 * Joins that tried, or had a limit of time, and of which nobody looks at the result: they order
 * nothing (struct thread: joined_by is NO_INDEX), but what comes after them is as blind as behind
 * any wait with a limit that got what it waited for.
 */
#ifndef GORDIAN_IDLE_TRIES_H
#define GORDIAN_IDLE_TRIES_H

#include "model.h"

/* Looks into the code of all of them. */
void idle_tries_find(struct model *model);

#endif
