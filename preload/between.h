/*
 * Mutexes, and semaphores that are locks, that nobody but one thread and its creator ever took: the
 * lock of a request's object, which the thread of the request has to itself. CPython (up to 3.12)
 * makes two for each threading.Thread: that of the event by which it says that it has started, and
 * the one that it holds until it has ended.
 *
 * Which ones they were makes no difference when they are gone. Such a thread, with what it and its
 * creator did with them, may count on the record of another one, as it (twins.h), if that is the
 * same but for these locks: how the thread took others inside them, and them inside others, in
 * which order; and the creator, which was the first thread or detached itself, after the thread was
 * made. What the creator did with them comes to be at those epochs, too, at which it did it with
 * these.
 *
 * Nothing is lost. What the creator does there is one step of a circle. The others in it that are
 * such threads were made before, whichever they were; so as many others of the same kin stand for
 * them, of which more are left than can have a part in one circle (twins.h), and none of those has
 * the locks of the one whose lock the creator has in that step, unless it did in truth. What the
 * creator takes inside such a lock before it has made the thread could be part of others: then it
 * stays as it is. And nothing comes to be seen: what the creator did at that time is the same, with
 * a thread that did the same and that nothing tells to be over.
 *
 * The records are the next one's that is made at that place by the same thread, or by the next that
 * has its record. That is decided when all of them are gone, by the creator. Until then each may
 * turn out to be something else: another thread takes it; it orders; something else names it, or a
 * node in which it is held; or the creator, which has joined the thread, takes it inside others, or
 * others inside it.
 *
 * The record of a mutex may be one of the pool's (pool.h), which stands for many, and names none.
 * If one that stands for lives with others taken inside is to be its, it is left to that.
 */
#ifndef GORDIAN_BETWEEN_H
#define GORDIAN_BETWEEN_H

#include "ended.h"
#include "locks.h"

extern bool between_any; /* there is one, or its record is kept */

static inline bool between_is_kind(const struct lock *lock)
{
	return lock->kind == TRACE_LOCK_mutex ||
	       (lock->kind == TRACE_LOCK_semaphore && lock->init_seen);
}

/* What the creator did with the locks of one of its threads. */
enum { BETWEEN_LOCKS = 8, BETWEEN_DEEDS = 24 };
struct between_deeds {
	uint32_t count, lock_count;
	struct {
		uint32_t lock;
		bool once; /* who made it took it once at each place */
	} locks[BETWEEN_LOCKS];
	struct {
		uint64_t print;
		uint32_t node;
		uint32_t epoch;
		bool before; /* the thread was made */
	} at[BETWEEN_DEEDS];
};

/* All under the recorder's lock. */

/* The lock has got that record. True: who made it need not be known as that, yet. */
bool between_begin(const struct lock *lock);
/* It has got another one. */
void between_moved(uint32_t from, uint32_t to);
/* Outlined: a thread meets the node in that epoch. */
void between_met_slowly(const struct trace_node *node, uint32_t epoch);
/* What is recorded names a node of that thread: nodes above it cannot be another one's any more. */
void between_named_slowly(uint32_t thread, const struct trace_node *node);
/* The same of a lock. */
void between_named_lock(uint32_t lock);
/* A try of it failed there. */
void between_tried(const struct trace_node *node, uint32_t trial);
/* Its life ends. True: its record is not to be used again, for now. */
bool between_end(const struct lock *lock);
/* If that record is free, it is to be the next one's: a new thread has nodes that name it. */
void between_prefer(uint32_t lock);
/* A record for the lock. False: there is none to be used again. */
bool between_take(struct lock *lock);

static inline void between_met(const struct trace_node *node, uint32_t epoch)
{
	if (unlikely(between_any))
		between_met_slowly(node, epoch);
}

static inline void between_named(uint32_t thread, const struct trace_node *node)
{
	if (unlikely(between_any))
		between_named_slowly(thread, node);
}

/* Whether one is named by the node, or by those above it. */
bool between_has_any(const struct trace_node *node);
/* Whether one is, and all that are are that thread's and its creator's. */
bool between_is_of(uint32_t thread, const struct trace_node *node);
/* Whether there is one of which it is not known yet. */
bool between_has(uint32_t lock);
/* Whether one is, or was, that thread's and its creator's. */
bool between_concerns(uint32_t thread);
/* Its maker ends, and may be another one's twin. */
void between_made(uint32_t lock);
/* It has ended, and nobody joins it. False: there are some yet of which it depends what it is. */
bool between_detached(uint32_t thread);
/* Then it is kept (ended.h) until these are gone. */
void between_ended(uint32_t thread);
/* One of that creator's of which all are gone; 0: none. */
uint32_t between_settled(uint32_t creator);
/* What it and its creator did, but for which locks these were. False: it can be no one's twin. By
 * the creator. */
bool between_describe(struct thread *self, struct ended *ended);
/* It has ended, and its creator joins it: the same as far as there are any, and more will not be
 * done with them. */
bool between_joined(struct thread *self, struct ended *ended);
/* Whether that may yet turn out not to be so. */
bool between_is_open(uint32_t thread);
/* Whether what the creator did can count on the other one's nodes. */
bool between_fits(const struct ended *into, const struct ended *ended);
/* It does, and the records of the locks are free. By the creator. */
void between_fold(const struct thread *self, const struct ended *into, const struct ended *ended);
/* It is not to be one's twin, if there are any. */
void between_leave(uint32_t thread);
/* The same, but it may be one's twin all the same. False: it made one of them. */
bool between_give_up(uint32_t thread);
/* It is to stand for others: so do these locks. */
void between_stay(uint32_t thread);
/* A new trace. */
void between_reset(void);

#endif
