/*
 * Rules of misuse, as the recorder sees them broken: misuse_note writes one record for each place
 * and lock, and counts in it what happens there again.
 *
 * It is called before the real function, which may never return, and never on a fast path: only
 * where a slow path is taken anyway, because something is unusual already.
 */
#ifndef GORDIAN_MISUSE_H
#define GORDIAN_MISUSE_H

#include "recorder.h"

/* What happened. All that is left out is not known, or there is none. */
struct misuse {
	enum trace_misuse_rule rule;
	uint16_t act;  /* enum trace_act or enum trace_op */
	uint16_t kind; /* enum trace_lock_kind of `lock`; 0: a mutex */
	uint16_t with_kind, other_kind;
	const void *lock;
	uint32_t lock_ref;	  /* its record, where it is not the one that lives at `lock` now */
	const void *site, *frame; /* of the act, as for struct acquire */
	uint32_t thread, stack;	  /* its records, when it is not this thread's at `site` */
	const void *with;	  /* a second lock of the act: the mutex of a condition wait */
	uint32_t target;	  /* thread record that the act is about */
	uint16_t other_act;	  /* the cause: an operation when it holds or wants the lock */
	uint32_t other_thread;	  /* thread record */
	uint32_t other_stack;	  /* stack record */
	struct stack *other_place; /* the same where it may not be written yet */
	const void *other_lock;	   /* when it is not `lock` */
	uint64_t value;
};

/* Notes it. Does nothing when `self` is busy: the recorder itself, or a handler that interrupted
 * it. */
void misuse_note(struct thread *self, const struct misuse *misuse);
/* The same under the recorder's lock. Returns the record, whose count is 1 when it is new, so that
 * `value` can be changed; NULL: none. */
struct trace_misuse *misuse_record(struct thread *self, const struct misuse *misuse);

/* A thread that holds a lock or waits for it, as its held stack says. */
struct party {
	uint32_t thread; /* thread record */
	int tid;
	uint32_t stack; /* stack record: where it took it; 0: not known */
	uint16_t op;	/* enum trace_op; 0: not known */
};

/*
 * A live thread that holds the lock, other than `except` (NULL: any); with `tid` not 0 only that
 * one. Other threads go on meanwhile: what is found was true a moment ago, so the lock's own memory
 * has to confirm it. Under the recorder's lock.
 */
bool party_holding(const void *lock, int tid, const struct thread *except, struct party *party);
/* A live thread that is blocked on the lock. Under the recorder's lock. */
bool party_waiting(const void *lock, const struct thread *except, struct party *party);
/* Makes it the other side. */
void misuse_blame(struct misuse *misuse, const struct party *party);

/* A new trace: nothing has been noted. */
void misuse_reset(void);

#endif
