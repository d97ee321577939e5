/*
 * Findings: what the checks found. A check makes findings; a format prints them; neither knows the
 * other.
 */
#ifndef GORDIAN_FINDING_H
#define GORDIAN_FINDING_H

#include "model.h"
#include "names.h"
#include "order.h"
#include "rules.h"
#include "symbols.h"
#include "wait_graph.h"

#define FINDING_ID_SIZE 16 /* "GD-" and 12 hexadecimal digits */

/* A lock in a step, how it was taken and where. lock: NO_INDEX: the act is about no lock. */
struct finding_hold {
	uint32_t lock;
	uint16_t op;	/* enum trace_op; 0: not known. What is wanted may be an enum trace_act */
	uint32_t stack; /* NO_INDEX: not known */
	unsigned char meaning; /* enum try_meaning, of a try */
	bool refused;	       /* it is the wait that follows a try that failed; none did */
};

/* TRACE_OP_ flags of what it was: the operation's, unless a try stood for a wait. */
unsigned finding_flags(const struct finding_hold *hold);

/* One thread's part: what it holds, outermost first, and what it then wants or does. */
struct finding_step {
	uint32_t thread; /* NO_INDEX: not known, in a misuse only */
	struct finding_hold *holds;
	size_t hold_count;
	struct finding_hold wants;
	uint64_t count;	    /* how often this was seen */
	bool waits;	    /* it is what the thread waits for, not what it has taken once */
	uint64_t since_ns;  /* when that wait began, after its process's recording began; 0: not
			       known */
	uint64_t waited_ns; /* so long; 0: not known */
};

/* How the node took its lock. */
struct finding_hold finding_hold_of(const struct model *model, uint32_t node);
/* Gives the step what the path of that node holds, itself included; NO_INDEX: nothing. */
void finding_step_path(struct finding_step *step, const struct model *model, uint32_t node);

/* Whether the step says what the thread wants or does. */
static inline bool finding_wants(const struct finding_step *step)
{
	return step->wants.lock != NO_INDEX || step->wants.op;
}

/* A move of a witness: the thread takes the lock, or waits for it and goes no further. */
struct finding_move {
	uint32_t thread;
	struct finding_hold hold;
	bool waits;
};

struct finding {
	char id[FINDING_ID_SIZE]; /* fingerprint: stable over rebuilds, moved lines, ASLR and pids
				   */
	const struct rule *rule;
	enum verdict verdict;
	enum reason reason;
	enum severity severity;
	char *message; /* one sentence */
	uint32_t *locks;
	size_t lock_count;
	uint32_t *threads;
	size_t thread_count;
	struct finding_step *steps;
	size_t step_count;
	struct finding_move *witness; /* how it comes to happen, in order; feasible ones only */
	size_t witness_count;
	bool fresh; /* potential, and perhaps only as long as no other thread knows the lock */
	uint64_t instances; /* how many distinct instances of this one bug were seen */
	bool suppressed;
	bool baseline;
};

/* What the search could not finish. */
struct truncation {
	uint64_t cycles; /* searches for cycles that were cut short */
};

struct findings {
	struct finding *items;
	size_t count;
	struct truncation truncated;
};

/* Everything a check may look at. */
struct analysis {
	const struct model *model;
	struct symbols *symbols;
	struct names *names;
	struct order *order;
	const struct wait_facts *facts; /* NULL: nothing but the traces is known */
};

struct check {
	const char *rule; /* the main rule it reports */
	const char *help; /* one line */
	void (*run)(struct analysis *analysis, struct findings *findings);
};

/* All checks, NULL-terminated. */
extern const struct check *const checks[];

/* Runs every check, gives ids, merges findings of the same id, sorts: worst first. */
void findings_run(struct analysis *analysis, struct findings *findings);
/* The same with the checks of one kind alone. */
void findings_run_kind(struct analysis *analysis, enum finding_kind kind,
		       struct findings *findings);

/* Appends a zeroed finding and returns it; valid until the next call. */
struct finding *findings_add(struct findings *findings);
void findings_free(struct findings *findings);

/* Counts findings that are neither suppressed, nor in the baseline, nor discharged. */
size_t findings_count(const struct findings *findings, enum finding_kind kind);

#endif
