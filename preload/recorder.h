/*
 * The recorder's state: one per process, and one struct thread per thread.
 *
 * Contract of the fast path. A thread only touches its own struct thread, its own held record and
 * its own nodes. `busy` is set while it does, so that a signal handler that locks something in
 * between finds it set, forwards the call and counts it (TRACE_DROP_nested). The real call is never
 * made with `busy` set.
 *
 * Contract of the slow path. slow_begin (slow.h) takes the one recorder lock, under which
 * everything shared (trace allocation, lock table, stacks, modules, threads) is read and written,
 * and keeps signal handlers out. Nothing in there may call malloc, stdio streams, or anything that
 * takes a lock of the program's or the loader's.
 */
#ifndef GORDIAN_RECORDER_H
#define GORDIAN_RECORDER_H

#include "abandoned.h"
#include "address_map.h"
#include "real.h"
#include "slow.h"
#include "trace.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>

/* What the recorder is doing on behalf of this thread. */
enum thread_busy {
	THREAD_IDLE,
	THREAD_FAST,	 /* in the fast path: a nested call comes from a signal handler */
	THREAD_RECORDER, /* in the slow path: a nested call comes from the recorder's own libraries
			  */
	THREAD_INNER,	 /* in a real call that takes or gives a lock of its own, which is an
			    implementation detail of the one recorded. It may block, and handlers
			    may run; what they do is nested, too */
};

/* Where a signal handler was entered (handlers.h). */
struct handler_frame {
	uint64_t frame;
	int8_t pair;
	bool alternate; /* it is on an alternate signal stack */
};

/* Small caches of a thread, by the top bits of what is remembered. */
enum {
	THREAD_PASSED_BITS = 5,
	THREAD_SIGNALS_BITS = 3,
	THREAD_CLOSED_BITS = 4,
	THREAD_PLACES_BITS = 3,
	THREAD_REPEATS_BITS = 4,
};

/* Where a thread waited in a situation that has no node, as it never gets what it waits for. */
struct waiting_place {
	uint64_t key; /* of the situation (acquire.c); 0: none */
	struct stack *stack;
};

/* A situation inside short-lived semaphores: repeats.h. */
struct repeat {
	uint64_t key;  /* what is the same for all of them; 0: none */
	uint64_t last; /* the tree's key in the life that it was met in last */
	struct stack *stack;
	uint32_t node;
	bool counted; /* in the node, in that life */
};

/* What a semaphore's life is owed. */
struct owed {
	uint32_t life; /* 0: nothing */
	uint32_t node, epoch;
};
enum { THREAD_OWED = 4 };

enum { THREAD_HANDLERS = 8 }; /* that are inside one another; of more, the outer ones are unknown */

/* The last try of this thread that failed: trials.h. */
struct failed_try {
	uint64_t key; /* of its situation; 0: there was none */
	struct trace_trial *record;
	const void *lock;
};

/* Which hold of a lock it was: what the entry of the held stack said (tree.h, hold_mark). */
struct hold {
	uint64_t lock, since;
};

enum { THREAD_ASKED = 8 }; /* of the outermost locks that a thread holds */

/* The last lock that this thread was refused, and what it held then: again.h. */
struct asked {
	const void *lock, *site;
	struct trace_trial *record; /* NULL: it was not asked for again so often */
	uint32_t again;		    /* how often it was */
	uint32_t kept;		    /* of the record: under so many of its locks */
	uint32_t count;		    /* of holds */
	bool open;		    /* neither got nor given up */
	struct hold holds[THREAD_ASKED];
};

enum { THREAD_GUARDED = 16, GUARDED_HOLDS = 2 };

/* Another thread let this one go on: it held so many locks, and entered that epoch. */
struct let_go {
	uint32_t depth, epoch;
};

/* What this thread held, outermost first, when it created that one: guarded.h. */
struct guarded {
	uint32_t thread, count; /* thread: 0: none */
	struct hold holds[GUARDED_HOLDS];
};

/*
 * The published wait of a call that a signal handler interrupted. What the handler waits for is
 * published in its place, and it again when the handler has that (acquire.h).
 */
struct outer_wait {
	uint64_t want, since, mutex; /* since: 0: there is none */
	uint32_t op, stack;
	uint64_t frame, site; /* of the waiting call */
};

/* What this thread said through annotations (annotate.c). */
struct annotated {
	struct trace_ignored *ignored; /* its record; NULL: none yet */
	uint32_t depth;		       /* of ignored regions */
	uint64_t hold_mask;	       /* the thread's own, while a region is ignored */
	uint64_t waited_lock, waited_since;
	struct outer_wait interrupted;
};

/* Of OpenMP's regions (openmp_order.h). Round, level and region: of GCC's runtime. */
struct omp_team {
	uint32_t number; /* of those that this thread creates; 0: none yet */
	uint32_t depth;	 /* how many of those it is in */
	uint32_t round;	 /* of its barriers; of the region that it is in, as is what follows */
	int level;
	const struct omp_region *region; /* NULL: in none */
	/* The same of both runtimes. */
	uint32_t inside; /* its creator's number for it; 0: in none that is known */
	uint32_t loops;	 /* that are shared, and that it has left since the last barrier */
	bool nested;	 /* of LLVM's runtime: the region is inside of another one */
};

/* Of OpenMP's tasks (task_marks.h). */
struct omp_tasks {
	uint32_t ref;	 /* of the thread that the rest is about */
	uint32_t number; /* of the task that it is in; 0: none */
	uint32_t hidden; /* tasks and regions that it is in, inside of that one, without a number */
	uint32_t fence;	 /* the epoch that begins with the newest fence */
	uint32_t waits;	 /* the epoch in which it came to where the next one may be; 0: not known */
	uint32_t marks;	 /* what was used of those that it may make */
	uint32_t phase;	 /* the same since the newest fence */
	uint32_t group_count;
	uint32_t groups[8]; /* the epochs in which it began them */
	bool open;	    /* there are marks since the newest fence */
	bool inside;	    /* one says that it held something */
	bool lost;
};

/* The lock that this thread took off its held stack last, as it turned out to be none. */
struct shed {
	uint64_t lock, generation; /* lock_generation_of it then */
};

/* The semaphore that this thread made last and that has the record of one before it (locks.h). */
struct heir {
	uint64_t lock, generation; /* lock_generation_of it then */
	uint32_t ref;		   /* the record */
};

/* Semaphores of this thread, by address. */
struct latch {
	const void *made; /* the newest that it made, and has not taken */
	uint32_t epoch;	  /* when that was */
	const void *taken;
};

enum {
	TWIN_NODES = 64,
	TWIN_LOCKS = 8,
	TWIN_ONCES = 4,
	TWIN_SIGNALS = 12,
	TWIN_SHARED = 16,
	TWIN_PARTED_BITS = 6,
	TWIN_EVENTS = 12,
	TWIN_TALLIES = 4,
	TWIN_ACROSS = 4
};

/* What may make it another one's twin: twins.h. */
struct twin {
	uint64_t stamp;	   /* of the records that may name any thread, when it was created */
	uint64_t kin;	   /* of those that it joined last */
	uint64_t kin_then; /* the same, of its creator, when it was created */
	uint32_t marked;   /* epoch of the last thing of note that it did, and 1 */
	uint32_t ordered;  /* the same, but for what it took inside something */
	uint32_t switched; /* epoch of the last join of one that was unlike the one before, and 1 */
	uint32_t came_with;    /* epoch in which its creator made the newest that it still had, and
				  could join, and 1 */
	uint32_t marked_alone; /* the same as marked, of what it does for a once that is alone
				  (alone.h) */
	uint32_t alone;	       /* how many of these live */
	uint32_t passes;       /* how often it has come back from one: each has an epoch */
	uint64_t taken;	       /* sum of what it took since it last made a thread */
	uint64_t taken_before; /* the same, before that */
	uint32_t shared_count;
	uint32_t shared[TWIN_SHARED]; /* of that, nodes that may be between these two (between.h) */
	uint32_t kin_stack;	      /* where those were created that it joined last */
	uint32_t since; /* epoch from which on it has made threads, but come after none */
	uint32_t bare;	/* epoch from which on there were only threads of which nothing is left, but
			   for the last, if that is pending */
	bool pending;	/* one that it made since it last joined any */
	/* The first of those was made in that epoch; from when on there was nothing then. */
	uint32_t round_first, round_bare;
	struct {
		uint32_t node, span;
	} parted[1 << TWIN_PARTED_BITS]; /* the last span records of nodes */
	uint32_t bare_before; /* the same, should the thread `open` turn out to have left nothing */
	uint32_t open;	      /* that was joined when the epoch ended last; 0: none */
	bool left_nothing;    /* the one that it joins has left nothing, or that it makes may */
	uint32_t took;	      /* epoch of the last thing that it took inside nothing, and 1 */
	uint64_t inside;      /* the one whose initialiser it runs; 0: none */
	bool dirty;	      /* and it did something of note there */
	uint32_t quiet; /* not 0: what it does now is for one; handlers entered till then, and 1 */
	bool excluded;
	bool unjoined;	  /* it is one only of those that nobody joins */
	bool lasting;	  /* it took a semaphore, or signalled a condition */
	bool meets;	  /* it waited for others: it is one only of those that are made together */
	uint32_t blind;	  /* the record of that, its own or one that it may use; 0: none */
	uint32_t counted; /* how much it has done that is counted (sync.h) */
	uint32_t steps;	  /* how many of its epochs ended so, or by an event */
	uint32_t event_count, tally_count;
	uint32_t events[TWIN_EVENTS], tallies[TWIN_TALLIES]; /* records (meetings.h) */
	uint32_t across_count, across[TWIN_ACROSS];
	uint32_t once_count;
	uint32_t onces[TWIN_ONCES]; /* lock records of those that were alone when it ran them */
	uint32_t made_count;
	uint64_t made[TWIN_LOCKS]; /* addresses of locks that it made */
	uint32_t signalled;	   /* how often it signalled, and no event tells of that */
	uint32_t signal_count, signal_room;
	uint32_t
		signals[TWIN_SIGNALS]; /* records of that; behind its own, others that it may use */
	uint32_t count;
	uint32_t nodes[TWIN_NODES]; /* in the order in which they were made */
	/* The first ones were another's, on the same record: */
	uint32_t inherited, next;   /* next: those before it come too late now */
	uint64_t used;		    /* bits: which of them this thread has met */
	struct trace_cursor cursor; /* behind them, for its own */
};
_Static_assert(TWIN_NODES <= 64, "more nodes than bits");

enum { TABLE_RUNS = 18 };

/* Where to find a situation. */
struct table_index {
	struct table_index *older; /* was used before; NULL: none */
	uint64_t mask;		   /* of the entries, a power of two */
	uint32_t entries[];	   /* table.h; 0: free */
};

/* All situations that a thread has met. */
struct met {
	struct table_index *index;
	struct trace_slot *runs[TABLE_RUNS];	 /* NULL: not needed yet */
	struct trace_counts *counts[TABLE_RUNS]; /* the records that they lie in */
	struct met_more *more;
	uint32_t next; /* number */
};

/* The first line of memory is what the fast path uses. */
struct thread {
	struct trace_held_entry *top; /* of the held stack; entries - 1 when nothing is held */
	struct trace_slot *slots;     /* those that are near: table.h */
	uint64_t mask;		      /* of the offset of a bucket of them */
	uint64_t hold_mask;	      /* a hold is timed when its number has none of these bits */
	uint32_t busy;		      /* enum thread_busy */
	uint32_t busy_handlers;	      /* handler_count when it became THREAD_FAST or _INNER */
	struct trace_held *held;
	struct trace_held_entry *entries; /* held's tail */
	bool tried; /* what the last failed try is followed by is still to come */
	uint32_t epoch;
	uint32_t capacity; /* of entries */
	uint32_t turned;   /* tree_shed: how many locks had turned then */
	uint32_t holes;	   /* holes.h: left since there were none; 0: there are none */
	uint32_t passages; /* nesting.c: how many locks had passed then */
	int tid;
	uint32_t ref; /* its thread record */

	struct trace_counts *near; /* the record that `slots` lie in; NULL: it has no table */
	struct met met;
	struct address_map known;   /* nodes by what they are, stacks by where they were met */
	uint32_t last_made;	    /* of its nodes */
	struct address_map derived; /* nodes of what stays held; only the thread itself looks */
	struct trace_cursor nodes;
	bool blind;	  /* sync.c: a wait of it is no event */
	uint32_t signal;  /* sync.c: its newest record of what it held when it signalled */
	uint32_t across;  /* its newest record of what it held when an epoch ended; 0: none */
	uint64_t crossed; /* the lock that it then had inside nothing, and has not taken since */
	uint64_t stack_low, stack_high; /* where its frames are; 0, 0: not known */
	size_t stack_size;		/* as its creator wants it */
	uint64_t frame;			/* that frames_check was last told of */
	struct activation *activations; /* that locks lie in, innermost first */
	struct failed_try failed_try;
	struct asked asked;
	struct guarded guarded[THREAD_GUARDED];
	uint32_t guarded_count; /* how many there were */
	void *(*start)(void *);
	void *argument;
	int passes; /* of TSD destructors so far */
	bool late;  /* registered again after its last TSD destructor */
	bool in_roster;
	bool awaited; /* another thread has begun to wait for its end */
	struct annotated annotated;
	struct omp_team team;
	struct omp_tasks tasks;
	uint64_t wait_frame, wait_site; /* of the call whose wait is published (acquire.h) */
	struct thread *next;		/* in the list of live, free or late threads */
	struct handler_frame handlers[THREAD_HANDLERS]; /* entered last */
	uint32_t handler_count;				/* ever entered */
	struct once *once;				/* once.c: the call that is made now */
	struct unwound *unwound;			/* unwound.h: the innermost wait */
	uint64_t passed[1 << THREAD_PASSED_BITS];	/* once.c: those it has come back from */
	uint64_t signals[1 << THREAD_SIGNALS_BITS];	/* cond_misuse.c: noted already */
	struct trace_wakes *wakes;			/* wakes.h; NULL: none yet */
	uint64_t closed[1 << THREAD_CLOSED_BITS];	/* sync.c: what counts no further */
	struct address_map tallies;			/* sync.c; only the thread itself looks */
	struct waiting_place places[1 << THREAD_PLACES_BITS]; /* acquire.c */
	struct repeat repeats[1 << THREAD_REPEATS_BITS];
	struct owed owed[THREAD_OWED];
	const void *woken;    /* cond_order.h: the condition whose wait came back last */
	const void *told;     /* the same: the mutex that has had all its news, found last */
	struct let_go let_go; /* the same */
	uint64_t prepared;    /* tree.c: the key of a try that was made ready for last */
	uint32_t came;	    /* tree.c: node of what it is taking, if it may come to news (news.h) */
	uint32_t events;    /* written so far */
	uint32_t openings;  /* how often signals with a handler came out of its mask */
	struct latch latch; /* latch.h */
	struct shed shed;   /* tree.h: of it nobody else need be asked */
	struct heir heir;   /* repeats.h */
	struct put_off put_off; /* slow.h */
	struct section section; /* abandoned.h */
	struct twin twin;
	/* The youngest of the nodes that it met for the first time in that epoch. */
	uint32_t newest, newest_epoch;
};

/* How many locks the thread holds. */
static inline uint32_t thread_depth(const struct thread *self)
{
	return (uint32_t)(self->top + 1 - self->entries);
}

enum recorder_state {
	RECORDER_NEW, /* nothing happened yet */
	RECORDER_STARTING,
	RECORDER_ON,
	RECORDER_FORKED, /* in the child of a fork, before its own trace exists */
	RECORDER_OFF,	 /* there is no trace, and will be none */
};

extern enum recorder_state recorder_state;
/* This thread; NULL: not registered (yet). One word of static TLS is all a thread's stack pays. */
extern __thread struct thread *current_thread __attribute__((tls_model("initial-exec")));

/* Registers the calling thread, starts or restarts the recorder if need be; NULL: not recordable.
 */
struct thread *thread_self_slow(void);

/* The process's first thread; when it has ended, its stack is none. NULL: not known. */
extern struct thread *thread_first;

static inline struct thread *thread_self(void)
{
	struct thread *self = current_thread;

	return likely(self != NULL) ? self : thread_self_slow();
}

/* Counts a lock operation of a handler that interrupted the fast path (and not the recorder's own).
 */
void thread_nested(const struct thread *self);

/* Inlined: the section is the calling function's. */
static inline __attribute__((always_inline)) bool thread_enter(struct thread *self)
{
	const uint64_t *frame = __builtin_frame_address(0);

	if (unlikely(self->busy) && !abandoned_clear(self, frame)) {
		thread_nested(self);
		return false;
	}
	self->section.frame = (uintptr_t)frame;
	self->section.returns = frame[1];
	self->busy_handlers = self->handler_count;
	__asm__ volatile("" ::: "memory");
	self->busy = THREAD_FAST;
	__asm__ volatile("" ::: "memory");
	return true;
}

static inline void thread_leave(struct thread *self)
{
	__asm__ volatile("" ::: "memory");
	self->busy = THREAD_IDLE;
}

/*
 * Registers the recorder's fork handlers through `enlist`, once. It must come before any other
 * registration: prepare handlers run last to first, and what runs after ours would find the
 * recorder's lock taken.
 */
void recorder_watch_forks(int (*enlist)(void (*prepare)(void), void (*parent)(void),
					void (*child)(void), void *module));
/* Does that with the C library's own registration (process.c). */
void watch_forks(void);
/* Around fork: nobody else is in the slow path while the process is copied. */
void recorder_before_fork(void);
void recorder_after_fork(bool child);

/* Whether this is a vfork child, in its parent's memory: its signals are not the parent's. */
bool recorder_in_vfork_child(void);
/* Whether this is the child of a fork that has no trace of its own yet. */
bool recorder_in_forked_child(void);
/* vfork has returned to this thread as to a child (vfork.c); of one that was made by a raw system
 * call, or through another library's vfork, that is not known. */
extern __thread int32_t recorder_vforked;
/* The end of the image. Records it once; safe in a vfork child (does nothing there). */
void recorder_end(enum trace_end end, int value);
/* The end of this thread, and of the image if it has no other. */
void recorder_end_thread(int value);
/* The process's address space is limited to less, or to more. */
void recorder_limited(void);
/* This process is about to start another program, or to become one. */
void recorder_starts_other(void);
/* Before an exec: records it; *record is for recorder_exec_failed. */
struct trace_exec *recorder_exec(const char *path);
void recorder_exec_failed(struct trace_exec *record);

/* Where records that belong to no thread go. */
extern struct trace_cursor recorder_cursor;

/* Path of this library as it was loaded, for LD_PRELOAD of children; NULL: not known. */
const char *recorder_library(void);

/*
 * Life of a thread. thread_prepare and thread_abandon run in the creator, thread_adopt first thing
 * in the new thread, thread_end last thing in it. All take the recorder lock themselves.
 */
struct thread *thread_prepare(struct thread *creator, const void *site, const void *frame);
void thread_created(struct thread *creator, uint32_t ref, pthread_t handle, void *start);
void thread_abandon(struct thread *creator, struct thread *child);
void thread_adopt(struct thread *self);
void thread_end(struct thread *self);

/*
 * Reference of the thread record behind a handle (0: not known), and what became of it. Under the
 * recorder's lock; the epoch that a join begins is for its caller to begin.
 */
uint32_t threads_behind(pthread_t handle);
void thread_joined(struct thread *self, pthread_t handle, uint32_t ref);
void thread_detached(pthread_t handle, uint32_t ref);
/* These take the lock themselves. */
uint32_t thread_find(struct thread *self, pthread_t handle);
void thread_named(struct thread *self, uint32_t ref, const char *name);

/* For the recorder itself; under the recorder lock. */
bool threads_init(void);
struct thread *thread_register(uint32_t state);
/* Whether `is` is true of a live thread. */
bool threads_find(bool (*is)(struct thread *thread, void *context), void *context);
/* The thread of that record; NULL: it has ended. */
struct thread *thread_of(uint32_t ref);
/* `survivor`: the thread that called fork; NULL: not known. */
void threads_after_fork(const struct thread *survivor);

#endif
