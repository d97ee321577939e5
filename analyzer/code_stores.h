/*
 * Where else the code of a file may write to a member of an object (code_birth.h): by how far that
 * lies behind the address that it writes through, whatever is there.
 *
 * The address may be the object's, or that of a part of it: one that lies as far behind the
 * object's as somewhere in the file a number is added to an address; or lie in an array, or in
 * another part, that begins there. Nothing that is written at once, and no array but of such
 * objects, has the mutex or the condition in it: they are not written over (POSIX leaves it
 * undefined). Nor may there be a place where the address of the member itself is made, so nothing
 * is said of an object's first member. What is worked out to write to, as elements of arrays are,
 * may be any member of that size, or of less: several may be written at once. So may what a
 * function of another file writes to that is given an address (code_writes.h), also where it is
 * called through a pointer (code_pointed.h); and what lies not
 * farther behind an address than the member behind the last lock before it: that may be an
 * element's. A function of which nothing is known may find the member through an address in memory
 * that it is given: in a variable of the file, in memory that was just allocated, or in the frame
 * of who calls it, if that puts what may be one there. But more bytes than the member's are not
 * what has it if they are known to be an address, and a function that is never given the address of
 * an element writes to none (code_given.h).
 *
 * Not counted are: what writes only a part of the member, through such addresses; what writes what
 * the member begins as; what a function writes to its own frame, to the file's memory, or to memory
 * that it has just allocated; what it writes with the mutex of the same object taken, by a call
 * before, on each way to it, if it signals the condition, too. There has to be such a place; but
 * for a variable of the file, which need not be written to through pointers.
 */
#ifndef GORDIAN_CODE_STORES_H
#define GORDIAN_CODE_STORES_H

#include "code_made.h"

struct code_member {
	const struct made_object *object; /* with value; without makers: a variable of the file */
	uint64_t condition;		  /* where in the object */
	const uint64_t *parts;		  /* more distances at which addresses are made */
	size_t part_count;
};

/* Whether the member may be written to elsewhere. */
bool code_stores_elsewhere(struct asks *asks, const struct code_member *member);

#endif
