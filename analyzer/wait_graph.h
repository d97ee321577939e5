/*
 * Who waits for whom: what each live thread waits for when the trace was read, and the threads that
 * could end that wait, its *holders*.
 *
 *	mutex, spin, custom, once, semaphore	threads that have it
 *	file lock				threads that have it for another owner
 *	read-write lock, to write		threads that have it
 *	read-write lock, to read		threads that have it to write; and where writers go
 *						first (TRACE_LOCK_WRITER_FIRST), those that wait to
 *						write
 *	end of a thread				that thread, for certain when nobody who goes on
 *						could cancel the wait
 *	end of a child process, file lock	the only thread of the only process that can end the
 *	that no thread has			wait (wait_enders), if there is one
 *	condition				who holds the mutex that it takes again afterwards:
 *						without that it never returns, signalled or not
 *	barrier, semaphore that orders		nobody
 *
 * A wait cannot end as long as one of its holders waits for ever: so a closed walk is a deadlock
 * (Holt, "Some deadlock properties of computer systems", ACM Computing Surveys 4:3, 1972). The
 * exception is a semaphore, which anybody may post: its taker counts as *the* one who does only
 * when it was seen to be given back by takers, as a lock is.
 *
 * A lock may be entered on a thread's held stack before it has it (trace_format.h, held): when it
 * is the newest entry, nothing is published as wanted, and another thread has it for certain, then
 * that is what the thread waits for.
 */
#ifndef GORDIAN_WAIT_GRAPH_H
#define GORDIAN_WAIT_GRAPH_H

#include "model.h"
#include <signal.h>

enum wait_limit {
	WAIT_NOT,     /* it does not wait, as far as is known */
	WAIT_TIMED,   /* it gives up after a time */
	WAIT_FOR_EVER /* until somebody ends it */
};

/* A live thread. */
struct waiter {
	uint32_t thread;
	enum wait_limit limit;
	/* Set unless limit is WAIT_NOT. */
	uint16_t op;
	uint32_t lock;	    /* NO_INDEX: the end of a thread */
	uint32_t taken;	    /* that lock as its own process recorded it */
	uint32_t target;    /* that thread; NO_INDEX */
	uint32_t mutex;	    /* in a condition wait: what it takes again; else NO_INDEX */
	uint32_t stack;	    /* NO_INDEX: not known */
	bool blocked;	    /* it is known from elsewhere that it is in that wait */
	uint64_t since_ns;  /* after its process's recording began; 0: not known */
	uint64_t waited_ns; /* so long; 0: not known */
	uint32_t *holders;  /* waiters, none twice; itself included if it is one */
	uint32_t holder_count;
	bool firm; /* one holder that never comes is enough for it to wait for ever */
	/* What it has: the outermost `depth` nodes of its held stack. */
	const struct held *held;
	uint32_t depth;
};

/* Threads that wait for each other in a circle: each for the next, the last for the first. */
struct wait_cycle {
	uint32_t *waiters; /* as short a circle as there is among these threads */
	uint32_t count;	   /* 1: it waits for itself */
	uint32_t *stuck;   /* waiters that wait for these, directly or not */
	uint32_t stuck_count;
};

/*
 * What is known of live threads from elsewhere (/proc), while their processes still run. The
 * analyzer only reads it.
 */
enum wait_fact {
	FACT_NONE,
	FACT_BLOCKED, /* what is published as wanted is what it is blocked on */
	FACT_GOES_ON, /* it does not wait, whatever the trace says, or not for ever */
};

enum process_fact {
	PROCESS_UNKNOWN,
	PROCESS_GONE,
	PROCESS_RUNS,
	PROCESS_STOPPED, /* by a signal; its waits go on */
};

/*
 * Who can end a wait: for the end of a child process, or for a lock on a file that no thread is
 * recorded to have.
 */
struct wait_enders {
	uint32_t *processes;
	uint32_t count;	   /* 0: not known */
	bool all_children; /* no other child of the process can end before them */
};

struct wait_facts {
	const enum wait_fact *threads; /* of each thread of the model; NULL: nothing is known */
	const bool
		*others; /* of each process: it has threads that the trace does not; NULL: none */
	const enum process_fact *processes; /* of each process; NULL: nothing is known */
	const struct wait_enders *enders;   /* of each thread; NULL: nothing is known */
	uint64_t now_mono_ns;		    /* when that was so */
	bool strangers;			    /* some of them have children that are not among them */
};

struct wait_graph {
	const struct model *model;
	const struct wait_facts *facts;
	struct waiter *waiters; /* threads that had started and not ended, in the model's order */
	uint32_t count;
	uint32_t *of_thread; /* waiter of each thread of the model; NO_INDEX */
	struct wait_cycle *cycles;
	uint32_t cycle_count;
};

/* facts may be NULL. The graph keeps pointing to both. */
struct wait_graph *wait_graph_new(const struct model *model, const struct wait_facts *facts);
void wait_graph_free(struct wait_graph *graph);

/* Handlers of these say that the program has gone wrong, and do not end waits. */
#define CRASH_SIGNALS \
	(UINT64_C(1) << (SIGSEGV - 1) | UINT64_C(1) << (SIGBUS - 1) | \
	 UINT64_C(1) << (SIGFPE - 1) | UINT64_C(1) << (SIGILL - 1) | \
	 UINT64_C(1) << (SIGABRT - 1) | UINT64_C(1) << (SIGTRAP - 1) | \
	 UINT64_C(1) << (SIGSYS - 1))

/* Handlers of these end programs that somebody wants to be ended. */
#define END_SIGNALS \
	(UINT64_C(1) << (SIGINT - 1) | UINT64_C(1) << (SIGTERM - 1) | \
	 UINT64_C(1) << (SIGHUP - 1) | UINT64_C(1) << (SIGQUIT - 1))

/* Whether the process has a handler for a signal that may come, and does not say that the program
 * has gone wrong. */
bool handlers_may_come(const struct process *process);

/* Who can end the wait, where that is known from elsewhere; NULL. */
const struct wait_enders *waiter_enders(const struct wait_graph *graph,
					const struct waiter *waiter);

/* Whether any signal handler that may come ends the wait: EINTR. */
bool waiter_may_be_interrupted(const struct wait_graph *graph, const struct waiter *waiter);

/* Whether a signal handler may end the wait. */
bool waiter_is_posted(const struct waiter *waiter);

/* What only a holder can give it: the lock, or in a condition wait its mutex; NO_INDEX. */
uint32_t waiter_wanted(const struct waiter *waiter);
/* The operation that it is, of TRACE_OPS. */
uint16_t waiter_wanted_op(const struct waiter *waiter);
/* The node of a live thread's held stack that has this lock; NO_INDEX. */
uint32_t waiter_hold(const struct wait_graph *graph, const struct waiter *waiter, uint32_t lock);

#endif
