/*
 * Functions that an ELF file takes from libraries other than C's, as far as the versions of symbols
 * tell (Linux Standard Base, Core, 10.7): of what those do, nothing is known by name. And variables
 * and functions that it lets other files have by theirs, which may write to them, or call them.
 */
#ifndef GORDIAN_CODE_FOREIGN_H
#define GORDIAN_CODE_FOREIGN_H

#include <libelf.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct code_shared {
	uint64_t address, size;
};

struct code_foreign {
	const char **names; /* the file's; sorted */
	size_t count;
	struct code_shared *shared;
	size_t shared_count;
	bool called; /* one of those is a function */
};

void code_foreign_read(struct code_foreign *foreign, Elf *elf);
bool code_foreign_has(const struct code_foreign *foreign, const char *name);
/* Whether some of these bytes are a variable's or a function's that others may have. */
bool code_foreign_shares(const struct code_foreign *foreign, uint64_t address, unsigned bytes);
void code_foreign_free(struct code_foreign *foreign);

#endif
