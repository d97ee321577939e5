/*
 * Functions that an ELF file takes from libraries other than C's, as far as the versions of symbols
 * tell (Linux Standard Base, Core, 10.7): of what those do, nothing is known by name.
 */
#ifndef GORDIAN_CODE_FOREIGN_H
#define GORDIAN_CODE_FOREIGN_H

#include <libelf.h>
#include <stdbool.h>
#include <stddef.h>

struct code_foreign {
	const char **names; /* the file's; sorted */
	size_t count;
};

void code_foreign_read(struct code_foreign *foreign, Elf *elf);
bool code_foreign_has(const struct code_foreign *foreign, const char *name);
void code_foreign_free(struct code_foreign *foreign);

#endif
