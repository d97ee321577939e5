/* What the functions of one file do as far as questions go (code_asks.h): looked at when first
 * asked. */
#ifndef GORDIAN_CODE_EXPLORED_H
#define GORDIAN_CODE_EXPLORED_H

#include "code_asks.h"
#include <uthash.h>

/* Imports that a function may call. */
enum asks_call {
	ASKS_CALLS_ALLOCATOR, /* of memory that nobody knows yet */
	ASKS_CALLS_LOCK,      /* takes a mutex, its first argument */
	ASKS_CALLS_SIGNAL,    /* signals a condition, its first argument */
	ASKS_CALLS_WAIT,      /* takes a mutex again, its second one */
	ASKS_CALLS
};

struct explored {
	UT_hash_handle hh;
	uint64_t start;
	struct code_function *function;	      /* NULL: cannot be read */
	struct code_flow *flow;		      /* asks_flow_given; NULL: not yet, or not known */
	unsigned char waits[ASKS_MAX_DEPTH];  /* through so many functions; 0: not known, 1: no */
	unsigned char throws[ASKS_MAX_DEPTH]; /* the same */
	unsigned char gives[ASKS_MAX_DEPTH];  /* the same: a lock back (code_under.h) */
	unsigned char calls[ASKS_CALLS][ASKS_MAX_DEPTH]; /* as waits (code_under.h) */
	unsigned char tells[ASKS_MAX_DEPTH];		 /* the same (code_section.h) */
	unsigned char returns;				 /* 0: not known, 1: no */
};

struct asks {
	struct object_file *object;
	struct object_code *code;
	struct explored *functions;
	size_t instructions; /* of these */
	uint64_t steps_left;
	struct code_early *early;   /* code_early.h; NULL: not yet asked for */
	struct code_stores *stores; /* code_stores.h; the same */
	struct born *born;	    /* code_birth.h: what was asked */
};

/* NULL: too much was looked at already. */
struct explored *asks_explore(struct asks *asks, uint64_t start);

/* The flow of that function, of depth 0, where nothing is known of what it is given; NULL. Belongs
 * to `asks`. */
const struct code_flow *asks_flow_given(struct asks *asks, uint64_t start);

/* Whether an exception may come out of the call, through so many functions. */
bool asks_call_throws(struct asks *asks, const struct code_instruction *call,
		      const struct code_values *values, unsigned depth);

/* Whether that is such an import; NULL is none. */
bool asks_calls(const char *import, enum asks_call what);

/* Whether the function may call one, through so many functions. */
bool asks_may_call(struct asks *asks, uint64_t start, unsigned depth, enum asks_call what);

/* Whether the function comes back; not so if nothing in it leads to an end. */
bool asks_returns(struct asks *asks, uint64_t start);

#endif
