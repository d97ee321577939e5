#include "code_foreign.h"
#include "xalloc.h"
#include <gelf.h>
#include <stdlib.h>
#include <string.h>

/* The highest bit of a version's number hides it. */
#define VERSIONS 0x8000u
/* Libraries that are looked at. */
#define MAX_NEEDED 1024u

/* Tables of a file. */
struct table {
	Elf_Data *data; /* NULL: there is none */
	size_t count, strings;
};

static struct table table_find(Elf *elf, unsigned type)
{
	Elf_Scn *section = NULL;
	while ((section = elf_nextscn(elf, section))) {
		GElf_Shdr header;
		if (!gelf_getshdr(section, &header) || header.sh_type != type)
			continue;
		Elf_Data *data = elf_getdata(section, NULL);
		size_t each = type == SHT_GNU_verneed ? 1 : header.sh_entsize;
		return (struct table){data, data && each ? data->d_size / each : 0, header.sh_link};
	}
	return (struct table){NULL, 0, 0};
}

static bool is_of_c(Elf *elf, const struct table *needs, size_t name)
{
	const char *version = elf_strptr(elf, needs->strings, name);
	return version && strncmp(version, "GLIBC_", 6) == 0;
}

/* Notes which versions of one library are C's. */
static void note_versions(Elf *elf, const struct table *needs, size_t at, const GElf_Verneed *need,
			  bool of_c[VERSIONS])
{
	GElf_Vernaux one;
	for (unsigned i = 0; i < need->vn_cnt && at < needs->count; i++, at += one.vna_next) {
		if (!gelf_getvernaux(needs->data, (int)at, &one))
			return;
		if (is_of_c(elf, needs, one.vna_name))
			of_c[one.vna_other % VERSIONS] = true;
		if (one.vna_next == 0)
			return;
	}
}

/* Tables only lead on, and there are few libraries: all else is damaged. */
static bool *versions_read(Elf *elf)
{
	struct table needs = table_find(elf, SHT_GNU_verneed);
	bool *of_c = xcalloc(VERSIONS, sizeof(*of_c));
	GElf_Verneed need;
	size_t at = 0;
	for (unsigned i = 0; i < MAX_NEEDED && at < needs.count; i++, at += need.vn_next) {
		if (!gelf_getverneed(needs.data, (int)at, &need))
			break;
		note_versions(elf, &needs, at + need.vn_aux, &need, of_c);
		if (need.vn_next == 0)
			break;
	}
	return of_c;
}

static int compare_names(const void *left, const void *right)
{
	return strcmp(*(const char *const *)left, *(const char *const *)right);
}

/* A variable or function that the file has, and others by its name. */
static bool is_shared(const GElf_Sym *symbol)
{
	const unsigned visibility = GELF_ST_VISIBILITY(symbol->st_other);
	const unsigned type = GELF_ST_TYPE(symbol->st_info);
	return symbol->st_shndx != SHN_UNDEF && (type == STT_OBJECT || type == STT_FUNC) &&
	       GELF_ST_BIND(symbol->st_info) != STB_LOCAL &&
	       (visibility == STV_DEFAULT || visibility == STV_PROTECTED);
}

static void add_shared(struct code_foreign *foreign, const GElf_Sym *symbol)
{
	foreign->shared[foreign->shared_count++] =
		(struct code_shared){symbol->st_value, symbol->st_size};
	foreign->called |= GELF_ST_TYPE(symbol->st_info) == STT_FUNC;
}

void code_foreign_read(struct code_foreign *foreign, Elf *elf)
{
	struct table symbols = table_find(elf, SHT_DYNSYM);
	struct table versions = table_find(elf, SHT_GNU_versym);
	bool *of_c = versions_read(elf);
	*foreign = (struct code_foreign){
		.names = xcalloc(symbols.count + 1, sizeof(char *)),
		.shared = xcalloc(symbols.count + 1, sizeof(*foreign->shared)),
	};
	for (size_t i = 1; i < symbols.count; i++) {
		GElf_Sym symbol;
		GElf_Versym version = 0;
		if (!gelf_getsym(symbols.data, (int)i, &symbol))
			continue;
		if (is_shared(&symbol))
			add_shared(foreign, &symbol);
		/* A variable may be copied from there. */
		if (symbol.st_shndx != SHN_UNDEF && GELF_ST_TYPE(symbol.st_info) != STT_OBJECT)
			continue;
		if (i < versions.count)
			gelf_getversym(versions.data, (int)i, &version);
		const char *name = elf_strptr(elf, symbols.strings, symbol.st_name);
		if (name && !of_c[version % VERSIONS])
			foreign->names[foreign->count++] = name;
	}
	free(of_c);
	qsort(foreign->names, foreign->count, sizeof(char *), compare_names);
}

bool code_foreign_has(const struct code_foreign *foreign, const char *name)
{
	return foreign->count &&
	       bsearch(&name, foreign->names, foreign->count, sizeof(char *), compare_names);
}

bool code_foreign_shares(const struct code_foreign *foreign, uint64_t address, unsigned bytes)
{
	for (size_t i = 0; i < foreign->shared_count; i++) {
		const struct code_shared *shared = &foreign->shared[i];
		if (address < shared->address + shared->size && shared->address < address + bytes)
			return true;
	}
	return false;
}

void code_foreign_free(struct code_foreign *foreign)
{
	free(foreign->names);
	free(foreign->shared);
	*foreign = (struct code_foreign){.count = 0};
}
