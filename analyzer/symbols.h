/*
 * Symbols offline, through elfutils: program counters to functions, inlined frames, files and
 * lines; addresses of data to the static object they lie in. Answers are cached. C++ names are
 * demangled.
 *
 * A module whose file is gone, or was replaced since (its build-id differs), gives module and
 * offset only.
 */
#ifndef GORDIAN_SYMBOLS_H
#define GORDIAN_SYMBOLS_H

#include "model.h"

struct frame {
	const char *function; /* NULL: not known */
	const char *file;   /* NULL: not known; as the debug information has it, made absolute with
			       its directory */
	int line;	    /* 0: not known */
	const char *module; /* path of the object file; NULL: the address lies in none */
	uint64_t offset; /* address within the module's file (run-time address minus bias), or the
			    address itself */
	bool inlined;	 /* this frame was inlined into the next one */
	bool script;	 /* of interpreted code: the module is the interpreter's, the offset 0 */
	bool carries;	 /* of an interpreter, where frames of what it runs tell more */
};

struct symbols;

struct symbols *symbols_new(const struct model *model);
void symbols_free(struct symbols *symbols);

/*
 * The frames of a stack, innermost first, inlined ones included. Those of interpreted code come
 * where the interpreter begins to run it. *count is their number. The array belongs to `symbols`
 * and stays valid until it is freed. NO_INDEX gives no frames.
 */
const struct frame *symbols_stack(struct symbols *symbols, uint32_t stack, size_t *count);

/*
 * The static object at a data address: name (demangled) in *name, offset into it in *offset, path
 * of its module in *module. False: not in a module, or no symbol covers it (*module is still set
 * when a module does; else NULL).
 */
bool symbols_object(struct symbols *symbols, uint32_t process, uint32_t generation,
		    uint64_t address, const char **name, uint64_t *offset, const char **module,
		    uint64_t *module_offset);

/*
 * The part of that static object which lies at the address, as the source writes it: "[3].lock" in
 * *path, and with empty brackets, "[].lock", in *shape; both "" for an object that is itself the
 * lock. False: the debug information does not tell.
 */
bool symbols_member(struct symbols *symbols, uint32_t process, uint32_t generation,
		    uint64_t address, const char **path, const char **shape);

/*
 * Whether what the source has at that address is a lock, and the only one of its kind there, not an
 * element of an array. Without debug information: whether it is an object of that size.
 */
bool symbols_is_lock(struct symbols *symbols, uint32_t process, uint32_t generation,
		     uint64_t address, uint64_t size);

/* The name of the function at a code address, e.g. a start routine; NULL: not known. */
const char *symbols_function(struct symbols *symbols, uint32_t process, uint64_t address);

/*
 * Files that were needed so far and could not be used, because they are gone or are no longer what
 * was recorded: the path of the index-th; NULL after the last.
 */
const char *symbols_unusable(const struct symbols *symbols, size_t index);

#endif
