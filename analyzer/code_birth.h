/*
 * What a member of an object begins as, that one function allocates, and initialises the mutex of,
 * each by itself or by functions that it calls: what all ways through that function leave there
 * before anybody else can know the object.
 *
 * The object begins with a call that allocates it (code_made.h), and is followed as long as its
 * address is in registers and in the function's frame, or is given to other functions of the file
 * by a call that says which. When that goes elsewhere (is stored, is an argument, is
 * returned), and ever after, the member has to have one value that is known, but for what the
 * function writes later with the mutex taken. And nothing else in the file may write there without
 * the mutex (code_stores.h). A function that allocates the object is called for another one each
 * time, and what it writes is known; one that is only given it may be called for it again, so what
 * that writes counts as written elsewhere, unless it is what the member begins as. The member is
 * not what it began as, either, for who makes it so under the mutex; who does that is asked for
 * elsewhere (sync_late.h).
 *
 * Taken as given is that an object is written to by the code of the file that asks for its member,
 * and by functions of other files only from where a pointer to it leads that they are given.
 */
#ifndef GORDIAN_CODE_BIRTH_H
#define GORDIAN_CODE_BIRTH_H

#include "code_asks.h"

/* Functions around a call that initialises a mutex, at most. */
#define BIRTH_MOST_CALLS 3u

struct code_birth {
	/* Where the call returns to that initialises the mutex, and those that led there. */
	uint64_t returns[BIRTH_MOST_CALLS];
	unsigned count;
	uint64_t condition; /* how far behind the mutex it is */
};

/* Answers that are kept. */
struct born;
void code_births_free(struct born *born);

/* What these bytes begin as, so far behind the mutex (it may be before it); false: not known. */
bool code_birth_of(struct asks *asks, const struct code_birth *birth, uint64_t offset,
		   unsigned bytes, uint64_t *value);

#endif
