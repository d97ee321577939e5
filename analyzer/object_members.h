/*
 * The way from a static object to the part of it that lies at an address, as the source would write
 * it:
 * "[3].lock". From the types in the debug information (DWARF 5, sections 4.1, 5.5 and 5.7).
 */
#ifndef GORDIAN_OBJECT_MEMBERS_H
#define GORDIAN_OBJECT_MEMBERS_H

#include "object_file.h"

/* Static variables of a file, sorted by address; a zeroed one is not filled yet. */
struct object_variables {
	struct object_variable *items;
	size_t count;
	bool read;
};

struct object_variable {
	uint64_t start;
	Dwarf_Die die; /* in the file's own debug information, or in a .dwo file's */
};

/*
 * The path from the variable that starts at `start` to the address. It ends at a lock's own type,
 * and does not go into it. False: the debug information does not tell.
 */
struct object_place {
	char *path;  /* with array indices; from malloc, "" for a variable that is a lock itself */
	char *shape; /* the same with "[]" in their place */
	bool lock;   /* what the source has there is a lock */
};
bool object_member(struct object_file *object, struct object_variables *variables, uint64_t start,
		   uint64_t address, struct object_place *place);

void object_variables_free(struct object_variables *variables);

#endif
