/*
 * Opening an ELF file, and its symbol table. The table is copied and sorted once, because libdwfl
 * searches it from end to end for each address.
 */
#include "object_file.h"
#include "bisect.h"
#include "xalloc.h"
#include <fcntl.h>
#include <gelf.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int find_no_elf(Dwfl_Module *module, void **data, const char *name, Dwarf_Addr base,
		       char **file, Elf **elf)
{
	(void)module, (void)data, (void)name, (void)base, (void)file, (void)elf;
	return -1; /* the file is given, never searched */
}

static const Dwfl_Callbacks callbacks = {
	.find_elf = find_no_elf,
	.find_debuginfo = dwfl_standard_find_debuginfo,
};

static bool is_newer(int fd, uint64_t realtime_ns)
{
	struct stat status;

	if (fstat(fd, &status))
		return true;
	return (uint64_t)status.st_mtim.tv_sec * 1000000000u + (uint64_t)status.st_mtim.tv_nsec >
	       realtime_ns;
}

static bool has_build_id(Dwfl_Module *module, const char *expected)
{
	const unsigned char *bits;
	GElf_Addr unused;
	char text[129];
	int length, i;

	if (!dwfl_module_getelf(module, &unused))
		return false;
	length = dwfl_module_build_id(module, &bits, &unused);
	if (length < 0)
		length = 0;
	if (length > 64)
		return false;
	for (i = 0; i < length; i++)
		snprintf(text + 2 * i, 3, "%02x", bits[i]);
	text[2 * length] = '\0';
	return !strcmp(text, expected);
}

/* Base 0 on top of the file's own addresses: both sides of the API then speak file addresses. */
static Dwfl_Module *report(Dwfl *dwfl, const char *path, int fd)
{
	Dwfl_Module *module;

	dwfl_report_begin(dwfl);
	module = dwfl_report_elf(dwfl, path, path, fd, 0, true);
	if (!module)
		close(fd);
	dwfl_report_end(dwfl, NULL, NULL);
	return module;
}

void object_open(struct object_file *object, const char *path, const char *build_id,
		 uint64_t recorded_realtime_ns, struct intern *pool)
{
	int fd;

	*object = (struct object_file){.pool = pool};
	if (path[0] != '/')
		return; /* "[vdso]" and its like */
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return;
	if (!*build_id && is_newer(fd, recorded_realtime_ns)) {
		close(fd);
		return;
	}
	object->dwfl = dwfl_begin(&callbacks);
	if (!object->dwfl) {
		close(fd);
		return;
	}
	object->module = report(object->dwfl, path, fd);
	if (object->module && has_build_id(object->module, build_id))
		return;
	dwfl_end(object->dwfl);
	object->dwfl = NULL;
}

void object_close(struct object_file *object)
{
	free(object->symbols);
	free(object->ranges);
	if (object->dwfl)
		dwfl_end(object->dwfl);
	*object = (struct object_file){0};
}

/* Of several names for one address: global before weak before local, plain before underscored. */
static unsigned symbol_rank(const GElf_Sym *symbol, const char *name)
{
	static const unsigned by_binding[] = {[STB_LOCAL] = 2, [STB_GLOBAL] = 0, [STB_WEAK] = 1};
	unsigned binding = GELF_ST_BIND(symbol->st_info);
	unsigned rank = binding < 3 ? by_binding[binding] : 3;

	return rank * 2 + (name[0] == '_' && name[1] != 'Z');
}

static bool is_wanted(const GElf_Sym *symbol, const char *name)
{
	unsigned type = GELF_ST_TYPE(symbol->st_info);

	if (!name || !*name || symbol->st_size == 0 || symbol->st_shndx == SHN_UNDEF)
		return false;
	return type == STT_FUNC || type == STT_OBJECT || type == STT_GNU_IFUNC ||
	       type == STT_NOTYPE || type == STT_COMMON;
}

static int compare_symbols(const void *left, const void *right)
{
	const struct object_symbol *a = left, *b = right;

	if (a->start != b->start)
		return a->start < b->start ? -1 : 1;
	if (a->end != b->end)
		return a->end < b->end ? -1 : 1;
	if (a->rank != b->rank)
		return a->rank < b->rank ? 1 : -1;
	return strcmp(b->raw, a->raw);
}

static void read_symbols(struct object_file *object)
{
	int count = dwfl_module_getsymtab(object->module);
	uint64_t reach = 0;
	size_t i;
	int n;

	object->symbols_read = true;
	if (count <= 0)
		return;
	object->symbols = xcalloc((size_t)count, sizeof(*object->symbols));
	for (n = 1; n < count; n++) {
		struct object_symbol *symbol = &object->symbols[object->symbol_count];
		GElf_Addr address;
		GElf_Sym raw;
		const char *name = dwfl_module_getsym_info(object->module, n, &raw, &address, NULL,
							   NULL, NULL);

		if (!is_wanted(&raw, name))
			continue;
		*symbol = (struct object_symbol){.start = address,
						 .end = address + raw.st_size,
						 .raw = name,
						 .rank = symbol_rank(&raw, name)};
		object->symbol_count++;
	}
	qsort(object->symbols, object->symbol_count, sizeof(*object->symbols), compare_symbols);
	for (i = 0; i < object->symbol_count; i++) {
		if (object->symbols[i].end > reach)
			reach = object->symbols[i].end;
		object->symbols[i].reach = reach;
	}
}

/* The number of symbols that start at or below the address. */
static size_t symbols_up_to(const struct object_file *object, uint64_t address)
{
	return BISECT(0, object->symbol_count, i, object->symbols[i].start <= address);
}

const struct object_symbol *object_symbol(struct object_file *object, uint64_t address)
{
	size_t i;

	if (!object->dwfl)
		return NULL;
	if (!object->symbols_read)
		read_symbols(object);
	for (i = symbols_up_to(object, address); i-- > 0;) {
		if (object->symbols[i].end > address)
			return &object->symbols[i];
		if (object->symbols[i].reach <= address)
			break;
	}
	return NULL;
}
