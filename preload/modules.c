/* Owns the module map. */
#include "modules.h"

#include "arena.h"
#include "cancel.h"
#include "confined.h"
#include "recorder.h"
#include "system.h"

#include <dlfcn.h>
#include <stdio.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { BUILD_ID_MAX = 64, PAGE = 4096 };

static int (*find_object)(void *address, struct dl_find_object *result);
static struct module *modules;
static struct module *others; /* recorded, but no address of theirs has turned up yet */
static struct module *noted;  /* of the address that was asked about last; NULL */
static uint32_t generation;
static char program[4096];

static void absolute_path(const char *name, char *path, size_t size)
{
	bool may_ask = !confined || confined_allows(SYS_getcwd);
	size_t used = 0;

	if (name[0] != '/' && strchr(name, '/') && may_ask && getcwd(path, size - 1)) {
		used = strlen(path);
		path[used++] = '/';
	}
	snprintf(path + used, size - used, "%s", name);
}

/*
 * The kernel knows it, unless it was told to start the loader: that has no base of its own then,
 * and tells what it was told to load.
 */
static void find_program(void)
{
	const char *loaded = (const char *)getauxval(AT_EXECFN);
	long length;

	if (!getauxval(AT_BASE) && loaded) {
		absolute_path(loaded, program, sizeof(program));
		return;
	}
	length = sys_readlink("/proc/self/exe", program, sizeof(program) - 1);
	program[length > 0 ? length : 0] = '\0';
}

const char *modules_program(void)
{
	return program;
}

void modules_init(void)
{
	find_program();
	find_object =
		(int (*)(void *, struct dl_find_object *))dlsym(RTLD_DEFAULT, "_dl_find_object");
}

uint32_t modules_generation(void)
{
	return generation;
}

/* Tools that edit programs leave program headers that lead out of what is mapped. */
static bool is_mapped(const struct module *module, const ElfW(Phdr) * phdr)
{
	uint64_t start = module->info.dlpi_addr + phdr->p_vaddr;
	struct dl_find_object object;

	return find_object((void *)start, &object) == 0 && object.dlfo_link_map == module->map &&
	       phdr->p_memsz <= (uintptr_t)object.dlfo_map_end - start;
}

static void write_hex(char *hex, const unsigned char *value, unsigned size)
{
	for (unsigned i = 0; i < size; i++) {
		*hex++ = "0123456789abcdef"[value[i] >> 4];
		*hex++ = "0123456789abcdef"[value[i] & 15];
	}
	*hex = '\0';
}

/* Writes the build-id of a mapped object as hex; "" when it has none. */
static void build_id_hex(const struct module *module, char hex[2 * BUILD_ID_MAX + 1])
{
	const struct dl_phdr_info *info = &module->info;

	hex[0] = '\0';
	for (unsigned i = 0; i < info->dlpi_phnum; i++) {
		const ElfW(Phdr) *phdr = &info->dlpi_phdr[i];
		const char *note = (const char *)(info->dlpi_addr + phdr->p_vaddr);
		const char *end = note + phdr->p_memsz;

		if (phdr->p_type != PT_NOTE || !is_mapped(module, phdr))
			continue;
		while (note + sizeof(ElfW(Nhdr)) <= end) {
			const ElfW(Nhdr) *head = (const void *)note;
			const unsigned char *name = (const unsigned char *)(head + 1);
			const unsigned char *value = name + ((head->n_namesz + 3) & ~3u);

			if (head->n_type == NT_GNU_BUILD_ID && head->n_namesz == 4 &&
			    head->n_descsz <= BUILD_ID_MAX &&
			    (const char *)value + head->n_descsz <= end &&
			    !memcmp(name, "GNU", 4)) {
				write_hex(hex, value, head->n_descsz);
				return;
			}
			note = (const char *)value + ((head->n_descsz + 3) & ~3u);
		}
	}
}

/*
 * The program may have holes between its segments (large page sizes, sections placed by hand); then
 * each segment is an object of its own to _dl_find_object, and only one has the ELF header. Where
 * the program headers are, the kernel has said, or the loader when it was told to load the program.
 */
static bool fill_program(struct module *module)
{
	const void *headers = (const void *)getauxval(AT_PHDR);
	struct dl_find_object object;

	if (find_object((void *)headers, &object) != 0 || object.dlfo_link_map != module->map)
		return false;
	module->info.dlpi_phdr = headers;
	module->info.dlpi_phnum = (ElfW(Half))getauxval(AT_PHNUM);
	return true;
}

/* Whether all of a table can be read that begins so far behind the start of a module. */
static bool is_inside(const struct module *module, uint64_t offset, size_t bytes)
{
	uint64_t size = module->end - module->start;
	const char *table = (const char *)module->start + offset;

	if (!bytes || offset > size || bytes > size - offset)
		return false;
	/* Beyond the page of the ELF header there may be a hole. */
	return offset + bytes <= PAGE || (sys_readable(table) && sys_readable(table + bytes - 8));
}

/*
 * The loader reserves a library's holes: it is one object, with the ELF header at its start. Where
 * that says the program headers are, is a place in the file. Tools that edit libraries may have put
 * them where something else is in memory: they are right when they lead to what the loader uses.
 */
static void fill_library(struct module *module)
{
	const ElfW(Ehdr) *header = (const void *)module->start;
	const ElfW(Phdr) *table = (const void *)(module->start + header->e_phoff);
	uint64_t dynamic = (uintptr_t)module->map->l_ld - module->map->l_addr;

	if (memcmp(header->e_ident, ELFMAG, SELFMAG) || header->e_phentsize != sizeof(*table) ||
	    !is_inside(module, header->e_phoff, header->e_phnum * sizeof(*table)))
		return;
	for (unsigned i = 0; i < header->e_phnum; i++) {
		if (table[i].p_type != PT_DYNAMIC || table[i].p_vaddr != dynamic)
			continue;
		module->info.dlpi_phdr = table;
		module->info.dlpi_phnum = header->e_phnum;
	}
}

static void fill_info(struct module *module)
{
	module->info.dlpi_addr = module->map->l_addr;
	module->info.dlpi_name = module->map->l_name;
	module->info.dlpi_adds = 1;
	if (!fill_program(module))
		fill_library(module);
}

static void write_record(struct module *module)
{
	char hex[2 * BUILD_ID_MAX + 1];
	size_t path = strlen(module->path) + 1, id, tail;
	struct trace_module *record;

	build_id_hex(module, hex);
	id = strlen(hex) + 1;
	tail = (path + id + 7) & ~(size_t)7;
	record = trace_alloc(&recorder_cursor, TRACE_TYPE_module, sizeof(*record) + tail);
	if (!record)
		return;
	record->start = module->start;
	record->end = module->end;
	record->bias = module->map->l_addr;
	record->loaded = module->loaded;
	record->unloaded = UINT32_MAX;
	memcpy((char *)(record + 1), module->path, path);
	memcpy((char *)(record + 1) + path, hex, id);
	trace_commit(&recorder_cursor, record);
	module->ref = trace_ref(record);
}

static struct module *make(const struct dl_find_object *object)
{
	struct module *module = arena_alloc(sizeof(*module));
	static char path[4096]; /* under the recorder's lock */
	const char *name = object->dlfo_link_map->l_name;

	if (!module)
		return NULL;
	module->start = (uintptr_t)object->dlfo_map_start;
	module->end = (uintptr_t)object->dlfo_map_end;
	module->map = object->dlfo_link_map;
	module->loaded = generation;
	fill_info(module);
	absolute_path(name && *name ? name : program, path, sizeof(path));
	module->path_size = strlen(path) + 1;
	module->path = arena_alloc(module->path_size);
	if (!module->path) {
		arena_free(module, sizeof(*module));
		return NULL;
	}
	memcpy(module->path, path, module->path_size);
	write_record(module);
	return module;
}

/* The one at that address, taken out of the others; NULL: it is not among them. */
static struct module *take_other(uint64_t at)
{
	struct module **link = &others, *module;

	while (*link && (at < (*link)->start || at >= (*link)->end))
		link = &(*link)->next;
	module = *link;
	if (module)
		*link = module->next;
	return module;
}

static struct module *add(const struct dl_find_object *object, uint64_t at)
{
	struct module *module = take_other(at);

	module = module ? module : make(object);
	if (!module)
		return NULL;
	cancel_look(module->map->l_ld, module->map->l_addr);
	module->next = modules;
	modules = module;
	return module;
}

/* None of these is ever unloaded. The loader adds none while this runs. */
void modules_note_first(void)
{
	const struct link_map *map = NULL;
	struct dl_find_object object;
	struct module *module;

	if (find_object && find_object((void *)(uintptr_t)&modules_note_first, &object) == 0)
		map = object.dlfo_link_map;
	while (map && map->l_prev)
		map = map->l_prev;
	for (; map; map = map->l_next) {
		if (!map->l_ld || find_object(map->l_ld, &object) != 0 ||
		    object.dlfo_link_map != map || !(module = make(&object)))
			continue;
		module->next = others;
		others = module;
	}
}

/* Whether what is mapped at the module's place is still that module. */
static bool still_there(const struct module *module)
{
	struct dl_find_object object;
	const char *name;

	if (find_object((void *)module->start, &object) != 0 ||
	    object.dlfo_link_map != module->map ||
	    (uintptr_t)object.dlfo_map_start != module->start)
		return false;
	name = object.dlfo_link_map->l_name;
	/* A freed link map may be used again for another file. */
	return !name || !strchr(name, '/') || name[0] != '/' || !strcmp(name, module->path);
}

static void retire(struct module *module)
{
	struct trace_module *record = trace_at(module->ref);

	module->gone = true;
	generation++;
	if (record)
		record->unloaded = generation;
}

static uint64_t walks;

/* walk: since then a module that was there still is; 0: that is to be asked. */
static bool note(const void *address, uint64_t walk)
{
	uint64_t at = (uintptr_t)address;
	struct dl_find_object object;

	noted = NULL;
	if (!find_object)
		return false;
	for (struct module *module = modules; module; module = module->next) {
		if (module->gone || at < module->start || at >= module->end)
			continue;
		if ((walk && module->walk == walk) || still_there(module)) {
			module->walk = walk;
			noted = module;
			return true;
		}
		retire(module);
	}
	if (find_object((void *)at, &object) != 0)
		return false;
	noted = add(&object, at);
	return true;
}

bool modules_note(const void *address)
{
	return note(address, 0);
}

bool modules_note_first_of_walk(const void *address)
{
	return note(address, ++walks);
}

bool modules_note_of_walk(const void *address)
{
	return note(address, walks);
}

const struct module *modules_noted(void)
{
	return noted;
}

bool modules_noted_code(const void *address)
{
	const struct dl_phdr_info *info = noted ? &noted->info : NULL;

	for (unsigned i = 0; info && i < info->dlpi_phnum; i++) {
		const ElfW(Phdr) *segment = &info->dlpi_phdr[i];

		if (segment->p_type == PT_LOAD && segment->p_flags & PF_X &&
		    (uintptr_t)address - info->dlpi_addr - segment->p_vaddr < segment->p_memsz)
			return true;
	}
	return false;
}

const char *modules_path(const void *address)
{
	uint64_t at = (uintptr_t)address;

	for (const struct module *module = modules; module; module = module->next) {
		if (!module->gone && at >= module->start && at < module->end)
			return module->path;
	}
	return NULL;
}

bool modules_sweep(void (*gone)(uint64_t start, uint64_t end))
{
	bool any = false;

	for (struct module *module = modules; find_object && module; module = module->next) {
		if (module->gone || still_there(module))
			continue;
		retire(module);
		gone(module->start, module->end);
		any = true;
	}
	return any;
}

int modules_iterate(int (*callback)(struct dl_phdr_info *info, size_t size, void *context),
		    void *context)
{
	if (!noted || noted->gone || !noted->info.dlpi_phdr)
		return 0;
	return callback(&noted->info, sizeof(noted->info), context);
}

static void reset_refs(struct module *first)
{
	for (struct module *module = first; module; module = module->next) {
		module->ref = 0;
		module->loaded = generation;
		if (!module->gone)
			write_record(module);
	}
}

void modules_reset_refs(void)
{
	reset_refs(modules);
	reset_refs(others);
}
