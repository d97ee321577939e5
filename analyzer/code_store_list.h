/*
 * All that the code of a file may write to memory through addresses that it has in registers, and
 * how it comes by them, in one list: by instructions, and by calls of functions of other files
 * (code_writes.h), also through pointers (code_pointed.h).
 */
#ifndef GORDIAN_CODE_STORE_LIST_H
#define GORDIAN_CODE_STORE_LIST_H

#include "code_asks.h"
#include "code_pointed.h"

/* Distances between an object and its parts. */
#define STORES_MOST_PARTS 65536u

struct store {
	uint64_t at;
	int64_t offset; /* behind what is in `base` */
	unsigned bytes; /* 0: any number */
	uint8_t base; /* CODE_NO_REGISTER: it is not known what; of a call, it lies on the stack */
	bool indexed; /* and something else */
	bool called;  /* by a function of another file */
	bool guessed; /* of which nothing is known: that may be no argument */
	bool passed;  /* by one that it is given to be called, or that the file has */
};

struct store_call {
	uint64_t target, at;
};

struct code_stores {
	struct store *stores;
	struct store_call *calls; /* of the file's functions; also jumps to them; sorted */
	uint64_t *taken;	  /* addresses of functions that the file has as numbers; sorted */
	struct store_call *stubs; /* jumps to imports, and where what does so begins */
	struct code_pointed pointed;
	uint64_t *through; /* calls through pointers */
	uint64_t *passed; /* calls of what calls functions that it is given, or that the file has */
	size_t through_count, through_size, passed_count, passed_size;
	size_t count, size, call_count, call_size, taken_count, taken_size, stub_count, stub_size;
	bool unread;				   /* there is more */
	bool counted;				   /* printf may write to its arguments */
	unsigned char part[STORES_MOST_PARTS / 8]; /* bit: so far behind an address another one is
						      made */
};

/* Read when first asked for. */
const struct code_stores *asks_stores(struct asks *asks);
/* Whether that address is there. */
bool stores_have_taken(const struct code_stores *stores, uint64_t start);
void code_stores_free(struct code_stores *stores);

#endif
