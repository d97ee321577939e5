/*
 * The model: what one or more traces say, as plain arrays. The reader fills it; checks and formats
 * only read it. All cross-references are indices into the arrays of the same model (NO_INDEX:
 * none), so several traces simply follow one another in the arrays.
 *
 * Ownership: everything belongs to the model and is freed by model_free. Strings are never NULL
 * unless said so. Times are nanoseconds.
 */
#ifndef GORDIAN_MODEL_H
#define GORDIAN_MODEL_H

#include <gordian/trace_format.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define NO_INDEX UINT32_MAX

/* One process image: one trace file. */
struct process {
	char *path; /* the trace file */
	uint32_t pid;
	uint32_t parent_pid;
	char *exe;
	char **arguments; /* argument_count strings, argv[0] first */
	uint32_t argument_count;
	enum trace_end end;
	int end_value;
	uint64_t start_realtime_ns;
	uint64_t duration_ns;		     /* to the end, or to the last sign of life */
	uint64_t start_ticks, start_mono_ns; /* when the recording began */
	uint64_t end_mono_ns;		     /* 0: not known */
	uint64_t drops[TRACE_DROP_SLOTS];
	uint64_t early;
	uint64_t widened;
	uint64_t handlers;	/* bit N - 1: signal N had a handler at the end */
	uint64_t by_runtime;	/* those of them that a language runtime had installed by itself */
	uint64_t alarms;	/* signals that it asked to be sent later */
	uint64_t idle_children; /* of forks, that did nothing but end: they are no processes here */
	uint64_t ignored;	/* acquisitions in regions that the program wants ignored */
	/* What orders threads, and was no longer written down for being too many. */
	uint64_t unordered_objects, unordered_children;
	double ns_per_tick;
	uint64_t acquisitions; /* sum over nodes */
	uint64_t lock_count;
	uint64_t thread_count;	 /* threads that existed */
	uint32_t reaped_by;	 /* process that saw that it was killed; NO_INDEX (model_link.h) */
	uint64_t reaped_mono_ns; /* by then, if so */
	const char *ended_for;	 /* why gordian itself ended it: "deadlock"; NULL: it did not */
	uint32_t before; /* process: the image that became this one; NO_INDEX (model_link.h) */
	char *exec_path; /* what it went on as, when end is TRACE_END_exec; else NULL */
	bool complete;	 /* nothing dropped */
	struct {
		uint32_t thread; /* its first thread; NO_INDEX: it did not begin as a fork */
		uint32_t pid;	 /* of the parent */
		uint32_t number; /* of the thread that called fork */
		uint32_t epoch;	 /* of that thread */
		uint64_t start_realtime_ns; /* of the parent's trace */
	} forked;
};

struct module {
	uint32_t process;
	char *path;
	char *build_id; /* lower-case hex; "" when it has none */
	uint64_t start, end, bias;
	uint32_t loaded, unloaded; /* generations: valid in [loaded, unloaded) */
};

struct thread {
	uint32_t process;
	uint32_t number; /* within its process */
	uint32_t tid;
	uint32_t creator; /* thread */
	uint32_t create_epoch;
	uint32_t created_stack; /* stack */
	uint32_t state;		/* TRACE_THREAD_ bits */
	uint32_t joined_by;	/* thread */
	uint32_t join_epoch;
	uint64_t start_routine;
	uint32_t limited_join; /* stack of a join that could have failed, and 1; 0: none known */
	uint32_t guard;	       /* node whose path its creator held all its life, and 1; 0: none */
	uint32_t blind;	   /* epoch from which it waited for what no event tells, and 1; 0: none */
	uint64_t alike;	   /* others that it stands for (trace_format.h) */
	bool tasks;	   /* it did explicit tasks (tasks.h) */
	bool tasks_inside; /* and began one while it held something */
	char name[TRACE_NAME_SIZE];
	uint32_t held; /* index into model.helds of its live held stack, or NO_INDEX */
};

/* A call stack as recorded. Symbols: symbols.h. */
struct stack {
	uint32_t process;
	uint32_t generation;
	uint16_t count;
	uint16_t flags;	 /* TRACE_STACK_ bits */
	size_t first_pc; /* index into model.pcs */
	uint32_t calls;	 /* the innermost in interpreted code; NO_INDEX: none */
};

/* A call in interpreted code. */
struct script {
	uint32_t caller;       /* that it was made by, of a smaller index; NO_INDEX: none, or cut */
	int line;	       /* 0: not known */
	char *file, *function; /* NULL: not known */
};

/* One life of one lock. */
struct lock {
	uint32_t process;
	uint64_t address;
	enum trace_lock_kind kind;
	uint32_t flags;		/* TRACE_LOCK_ bits */
	uint32_t created_stack; /* stack */
	uint32_t created_by;	/* thread */
	uint32_t thread;	/* of kind thread: whose end it is; else NO_INDEX */
	uint32_t generation;
	uint64_t acquisitions; /* sums over nodes and waits */
	uint64_t contended;
	uint32_t lives; /* locks that it stands for (trace_format.h); at least 1 */
	/* A thread gave it back that did not hold it: who has it on his held stack need not hold it
	 * any more, so that it keeps nobody out (model_link.h). */
	bool given_back_by_others;
	uint32_t threads; /* how many took it */
	uint64_t wait_total_ns, wait_max_ns;
	uint64_t hold_samples, hold_total_ns, hold_max_ns;
	/* What the program calls it, by annotation: its name, its order class; NULL: not given. */
	char *given_name, *given_class;
	int level;	       /* of its order class */
	uint32_t hold_buckets; /* index into model.histograms, or NO_INDEX */
	uint32_t wait_buckets; /* index into model.histograms (sum over its waits), or NO_INDEX */
	bool has_identity;     /* it lies in shared memory: this is where (see model_link.h) */
	bool enclosed; /* no process can get at it any more that has not got it mapped now */
	uint64_t device, inode, offset;
	/* Of kind file: it belongs to the open file of that number (0: not known), else to the
	 * process (file_owner.h). */
	bool of_open_file;
	uint32_t open_flags; /* TRACE_OPEN_FILE_ bits */
	uint64_t open_file;
};

/*
 * Whether nobody ever holds it: a semaphore that only orders. One whose first value was not seen,
 * or that other processes can post, counts as a lock when it was seen to be used as one: taken and
 * given back by the same thread.
 */
bool lock_is_ordering(const struct lock *lock);
/*
 * Whether nodes say nothing of it: such a semaphore, or one on the record of such (provisional, see
 * trace_format.h). Whoever has that one on his held stack holds it all the same.
 */
bool lock_is_void(const struct lock *lock);

/* Whether processes may come to it that nothing is known of. */
bool lock_is_open(const struct lock *lock);

/* A situation: thread takes lock at stack while holding what the path to the root holds. */
struct node {
	uint32_t thread;
	uint32_t parent; /* node */
	uint32_t lock;
	uint32_t taken; /* that lock as its own process recorded it: see model_link.h */
	uint32_t stack;
	uint32_t wait;			 /* wait */
	uint32_t first_span, span_count; /* into model.spans; at least one when count > 0 */
	uint16_t op;			 /* enum trace_op */
	bool implied; /* it took nothing, but might have to wait: lock_all.h, struct trial */
	uint64_t count;
};

/* A span of epochs of the node's thread. */
struct span {
	uint32_t first, last;
};

/* At the end of these epochs of its thread the path of the node was held, and in the next ones. */
struct across {
	uint32_t node;
	uint32_t first, last;
	uint32_t step; /* of the record, until it has become one for each of its epochs */
};

/* A thread came to another task, or waited for tasks: see the task record. */
struct task_mark {
	uint32_t thread, epoch;
	uint16_t kind; /* enum trace_task_kind */
	uint16_t flags;
	uint32_t number;
	uint32_t creator; /* thread; NO_INDEX: not known */
	uint32_t creator_number, create_epoch;
	uint32_t since, fence;
};

/* A condition was signalled under this node, and nobody was seen to wait for it before. */
struct signal {
	uint32_t node;
	uint32_t epoch; /* the last time */
};

/* A place where a thread waited. */
struct wait {
	uint32_t node;
	uint32_t stack;
	uint64_t count;
	uint64_t total_ns, max_ns;
};

/* What the failed tries of a node were followed by: see the trial record. */
struct trial {
	uint32_t node;
	uint32_t asked; /* counted by the node, and no acquisitions */
	uint64_t waited, timed, abandoned;
};

/* Counts of times by length: bucket b holds times of [2^b, 2^(b+1)) *ticks*. */
struct histogram {
	uint32_t process;
	uint64_t buckets[TRACE_BUCKETS];
};

/*
 * What a thread held and wanted when the trace was read (threads that had not ended). What it wants
 * is a lock, or the end of a thread. In a condition wait it is the condition; the mutex that it
 * takes again may be what it waits for by now.
 */
struct held {
	uint32_t thread;
	uint32_t depth;
	uint32_t *nodes;  /* depth node indices, outermost first; NO_INDEX where not recorded */
	bool last_open;	  /* the innermost of them may still be waited for */
	uint64_t want;	  /* address; 0: nothing, or not known to be waiting */
	bool unpublished; /* what it wants is not from the trace, but known from the kernel */
	uint64_t want_mutex;
	uint32_t want_lock, want_mutex_lock; /* locks at these addresses */
	uint32_t want_taken;		     /* want_lock as its own process recorded it */
	uint32_t want_thread;
	uint16_t want_op;
	uint32_t want_stack;
	uint64_t want_since_ns; /* after its process's recording began */
};

/* A rule of misuse that was broken at one place with one lock. */
struct misuse {
	uint16_t rule;	    /* enum trace_misuse_rule */
	uint16_t act;	    /* enum trace_act or enum trace_op; 0: not known */
	uint16_t other_act; /* of the cause */
	uint32_t thread, lock, stack, with;
	uint32_t other_thread, other_lock, other_stack;
	uint32_t target; /* thread */
	uint64_t count, value;
	uint64_t most; /* of what value is the sum of; 0: it is no sum */
};

/*
 * One thread's part in a deadlock that the recorder saw happen (trace_format.h). The steps of one
 * walk follow one another, and all of them are here.
 */
struct deadlock {
	uint32_t walk; /* number within the process */
	uint16_t step, steps;
	uint32_t thread;
	uint32_t node; /* how it holds what the step before it waits for; NO_INDEX: not known */
	uint32_t lock; /* what it waits for */
	uint32_t stack;
	uint16_t op; /* enum trace_op */
};

/* A thread gave way to others, or came to where it had to wait for them: see the event record. */
struct event {
	uint32_t thread, lock;
	uint16_t kind; /* enum trace_event_kind */
	uint16_t act;  /* enum trace_act or enum trace_op; 0: not known */
	uint32_t index, epoch;
	uint32_t node; /* what was held; NO_INDEX: nothing */
	uint32_t stack;
	uint32_t number; /* in the order of its process */
	bool idle;	 /* idle_tries.h */
	uint32_t asked;	 /* late_comers.h: a condition; NO_INDEX */
	bool rivalled;	 /* another thread may have signalled that one, too; late_comers.h */
	/* Of who came: the condition that was signalled last under that mutex (NO_INDEX: not
	 * known), and its place, TRACE_EVENT_PLACE. */
	uint32_t news, place;
};

/* What one thread did in epochs <= leaves comes before what another does in epochs >= arrives, by
 * what their code shows (countdowns.h). The events by which it is told. */
struct shown_order {
	uint32_t from, leaves;
	uint32_t to, arrives;
	uint32_t release, acquire;
};

/* How often a thread did so with one object. */
struct tally {
	uint32_t thread, lock;
	uint16_t kind;
	uint16_t flags; /* TRACE_TALLY_ bits */
	uint32_t count, amount;
};

/* A place that calls futex directly. */
struct futex {
	uint32_t process;
	uint32_t stack; /* NO_INDEX: of more places than were kept apart */
	uint64_t count;
};

/* A thread of the process last signalled that condition, or left that barrier, then. */
struct wake {
	uint32_t process;
	uint64_t address; /* 0: of any */
	uint64_t at_ns;	  /* after the process's recording began */
};

/* The process saw by then that a child of it was killed. */
struct reap {
	uint32_t process;
	uint32_t pid;
	int signal;
	uint64_t at_mono_ns;
};

/* A thread's wait told it by then that a child of its process had ended. */
struct awaited {
	uint32_t pid;
	uint32_t process;	/* the last image of the child; NO_INDEX: not here (model_link.h) */
	uint32_t thread, epoch; /* from which on that is so */
	uint32_t node;		/* what it held; NO_INDEX: nothing */
	uint64_t at_mono_ns;
};

struct model {
	struct process *processes;
	struct module *modules;
	struct thread *threads;
	struct stack *stacks;
	struct script *scripts;
	struct lock *locks;
	struct node *nodes;
	struct span *spans;
	struct across *across;
	struct task_mark *tasks;
	struct signal *signals;
	struct wait *waits;
	struct trial *trials;
	struct histogram *histograms;
	struct held *helds;
	struct misuse *misuses;
	struct deadlock *deadlocks;
	struct event *events;
	struct tally *tallies;
	struct shown_order *shown_orders; /* once looked for */
	size_t shown_order_count;
	struct futex *futexes;
	struct wake *wakes;
	struct reap *reaps;
	struct awaited *awaited;
	uint64_t *pcs;
	size_t process_count, module_count, thread_count, stack_count, lock_count, node_count,
		span_count, across_count, task_count, signal_count, wait_count, trial_count,
		histogram_count, held_count, misuse_count, deadlock_count, event_count, tally_count,
		futex_count, wake_count, reap_count, awaited_count, script_count, pc_count;
};

void model_init(struct model *model);
void model_free(struct model *model);

/* The module that a return address of the stack lies in; NULL. */
const struct module *module_at(const struct model *model, const struct stack *stack, uint64_t pc);

/* Whether it lies in a module, where all threads know it from the start. */
bool lock_is_static(const struct model *model, const struct lock *lock);

/* Whether it came to its end by itself: it neither runs nor was killed. */
bool process_ended(const struct process *process);

/* The same of the lock that a node takes. Locks on files may be none for one of their owners alone.
 */
bool node_is_ordering(const struct model *model, const struct node *node);
/* The same for lock_is_void. */
bool node_is_void(const struct model *model, const struct node *node);
/* Whether it was acquired in one of these epochs. */
bool node_was_taken(const struct model *model, const struct node *node, uint32_t first,
		    uint32_t last);
/* Whether the lock is held where the node, or NO_INDEX, is the innermost of what is held. */
bool path_has_lock(const struct model *model, uint32_t node, uint32_t lock);
/* Whether it lets others go on (enum trace_event_kind), and is no wait that is over. */
bool event_gives_way(uint16_t kind);

/* Whether two threads are of different processes. */
bool threads_apart(const struct model *model, uint32_t a, uint32_t b);

/* A copy of a text that a program gave, fit to be printed; NULL when it is empty. */
char *given_text(const char *text);
/* A newer label of the lock. */
void lock_label(struct lock *lock, const struct trace_label *label);

/* Whether nothing at all was dropped, and something was recorded: what a clean verdict needs. */
bool model_complete(const struct model *model);

/*
 * The p-th quantile (0 < p <= 1) of a histogram in ns, interpolated inside its bucket; never above
 * max_ns. 0 for an empty histogram or NO_INDEX.
 */
uint64_t model_quantile_ns(const struct model *model, uint32_t histogram, double p,
			   uint64_t max_ns);

/* Name, C function and TRACE_OP_ flags of an operation; NULL / 0 for a code that is not known. */
const char *op_function(uint16_t op);
unsigned op_flags(uint16_t op);
/* The kind of lock that an operation is on; 0 for a code that is not known. */
enum trace_lock_kind op_kind(uint16_t op);
/* C function of an act, be it an operation or not, and what it does to a lock ("unlocks"); NULL. */
const char *act_function(uint16_t act);
const char *act_verb(uint16_t act);
/* Name of the rule of a misuse (rules.h); NULL. */
const char *misuse_rule(uint16_t rule);
/* Name of a kind of event; NULL. */
const char *event_kind_name(uint16_t kind);
const char *lock_kind_name(enum trace_lock_kind kind);

#endif
