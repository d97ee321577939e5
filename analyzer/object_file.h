/*
 * One ELF file on disk with its debug information, through libdwfl: symbols by address, functions
 * (inlined ones included) and source lines by address. Addresses are those of the file itself.
 *
 * A file is only used if it is the one that was recorded: its build-id must be equal, or, when it
 * has none, it must not be newer than the recording. Debug information may lie in a separate file
 * (.gnu_debuglink, /usr/lib/debug/.build-id); nothing is ever fetched from the network.
 *
 * Strings that it hands out live in the intern pool it was opened with.
 */
#ifndef GORDIAN_OBJECT_FILE_H
#define GORDIAN_OBJECT_FILE_H

#include "intern.h"
#include <elfutils/libdwfl.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A symbol with a size; sorted by start. */
struct object_symbol {
	uint64_t start, end;
	uint64_t reach;	 /* the largest end of this and all earlier symbols */
	const char *raw; /* as in the symbol table */
	unsigned rank;	 /* of several for one address, the lowest is shown */
};

/* The code of a compilation unit; sorted by start, reach as above. */
struct object_range {
	uint64_t start, end, reach;
	Dwarf_Off unit;
};

struct object_file {
	struct intern *pool;
	Dwfl *dwfl; /* NULL: the file cannot be used */
	Dwfl_Module *module;
	struct object_symbol *symbols;
	size_t symbol_count;
	bool symbols_read;
	Dwarf *dwarf; /* NULL: no debug information */
	uint64_t dwarf_bias;
	struct object_range *ranges;
	size_t range_count;
	bool dwarf_read;
};

/* A place in the source, in a function that may be inlined into the next one out. */
struct object_frame {
	const char *function; /* NULL: not known */
	const char *file;     /* absolute; NULL: not known */
	int line;
	bool inlined;
};

/* More inlined functions than this around one address are cut. */
#define OBJECT_MAX_INLINED 32

/* Never fails: a file that is gone or is another one answers nothing. */
void object_open(struct object_file *object, const char *path, const char *build_id,
		 uint64_t recorded_realtime_ns, struct intern *pool);
void object_close(struct object_file *object);

/* The symbol that covers the address, or NULL: never a neighbour. */
const struct object_symbol *object_symbol(struct object_file *object, uint64_t address);

/*
 * The functions at a code address, innermost first; at least one (which may be empty). The result
 * is at most OBJECT_MAX_INLINED long.
 */
size_t object_frames(struct object_file *object, uint64_t address,
		     struct object_frame frames[OBJECT_MAX_INLINED]);

/* The debug information, its bias subtracted from addresses on the way in; NULL: none. */
Dwarf *object_dwarf(struct object_file *object);

#endif
