/*
 * Functions of other files that a file may call through pointers: those whose address it has, in
 * its data (a table of functions, say), or since an instruction reads or makes it; all of them at
 * each such call. What a function that is called so does that is the file's own is seen where that
 * is.
 *
 * Of a file that may get the address of a function in another way nothing is known: from the
 * dynamic linker by its name (dlsym), from functions of other files than C's library of which
 * nothing is known, or from who calls its own functions by their names.
 */
#ifndef GORDIAN_CODE_POINTED_H
#define GORDIAN_CODE_POINTED_H

#include "object_raw.h"

struct code_pointed {
	const char **names; /* of imports; each once, but for those in data */
	size_t count, size;
	bool elsewhere; /* it may have others */
	bool starting; /* what is read asks whether there is a function of the compiler's runtime */
};

/* Reads what stands in the file's data. */
void code_pointed_begin(struct code_pointed *pointed, const struct object_code *code);
/* The next instruction of the file, if it is no jump and no call. */
void code_pointed_read(struct code_pointed *pointed, const struct object_code *code,
		       const struct object_raw *raw, uint64_t address);
/* Where the file has the address of some function: maybe it is the linker's, in place of an import.
 */
void code_pointed_at(struct code_pointed *pointed, const struct object_code *code,
		     uint64_t address);
void code_pointed_end(struct code_pointed *pointed);

/* Whether an import is one of those functions that are known by their names (code_writes.h). */
bool code_pointed_knows(const struct object_code *code, const char *import);

/* Whether it is a call through a pointer, or a jump that may be one in place of a call and a
 * return: not one of those that lead to the cases of a switch. `before`: the instruction before. */
bool code_pointed_calls(struct code_pointed *pointed, const struct object_code *code,
			const struct object_raw *raw, const struct object_raw *before,
			uint64_t address);

#endif
