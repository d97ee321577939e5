/*
 * Functions, inlined functions and source lines of a code address, from DWARF. The units' address
 * ranges are collected here, because .debug_aranges is optional (clang leaves it out).
 */
#include "bisect.h"
#include "demangle.h"
#include "object_file.h"
#include "xalloc.h"
#include <dwarf.h>
#include <stdlib.h>
#include <string.h>

/* Nesting of scopes in the debug information beyond this is not followed. */
#define MAX_DEPTH 128

static void add_ranges(struct object_file *object, Dwarf_Die *unit, size_t *room)
{
	Dwarf_Addr base, start, end;
	ptrdiff_t next = 0;

	while ((next = dwarf_ranges(unit, next, &base, &start, &end)) > 0) {
		if (start >= end)
			continue;
		if (object->range_count == *room) {
			*room = *room ? 2 * *room : 64;
			object->ranges =
				xreallocarray(object->ranges, *room, sizeof(*object->ranges));
		}
		object->ranges[object->range_count++] = (struct object_range){
			.start = start, .end = end, .unit = dwarf_dieoffset(unit)};
	}
}

static int compare_ranges(const void *left, const void *right)
{
	const struct object_range *a = left, *b = right;

	return a->start < b->start ? -1 : a->start > b->start;
}

static void read_dwarf(struct object_file *object)
{
	Dwarf_CU *cu = NULL;
	Dwarf_Die unit;
	uint64_t reach = 0;
	size_t room = 0, i;

	object->dwarf_read = true;
	object->dwarf = dwfl_module_getdwarf(object->module, &object->dwarf_bias);
	if (!object->dwarf)
		return;
	while (dwarf_get_units(object->dwarf, cu, &cu, NULL, NULL, &unit, NULL) == 0)
		add_ranges(object, &unit, &room);
	if (object->range_count)
		qsort(object->ranges, object->range_count, sizeof(*object->ranges), compare_ranges);
	for (i = 0; i < object->range_count; i++) {
		if (object->ranges[i].end > reach)
			reach = object->ranges[i].end;
		object->ranges[i].reach = reach;
	}
}

Dwarf *object_dwarf(struct object_file *object)
{
	if (!object->dwfl)
		return NULL;
	if (!object->dwarf_read)
		read_dwarf(object);
	return object->dwarf;
}

static size_t ranges_up_to(const struct object_file *object, uint64_t address)
{
	return BISECT(0, object->range_count, i, object->ranges[i].start <= address);
}

/* The unit whose code covers the address. */
static bool unit_at(struct object_file *object, uint64_t address, Dwarf_Die *unit)
{
	Dwarf *dwarf = object_dwarf(object);
	size_t i;

	if (!dwarf)
		return false;
	address -= object->dwarf_bias;
	for (i = ranges_up_to(object, address); i-- > 0;) {
		const struct object_range *range = &object->ranges[i];

		if (range->end > address)
			return dwarf_offdie(dwarf, range->unit, unit) != NULL;
		if (range->reach <= address)
			break;
	}
	return false;
}

/* The functions around an address, outermost first. */
struct chain {
	uint64_t address;
	Dwarf_Die functions[OBJECT_MAX_INLINED];
	size_t count;
};

static bool is_function(int tag)
{
	return tag == DW_TAG_subprogram || tag == DW_TAG_inlined_subroutine;
}

/* Scopes without code of their own, in which functions may be defined. */
static bool is_container(int tag)
{
	return tag == DW_TAG_namespace || tag == DW_TAG_module || tag == DW_TAG_class_type ||
	       tag == DW_TAG_structure_type || tag == DW_TAG_union_type;
}

static bool has_code(int tag)
{
	return is_function(tag) || tag == DW_TAG_lexical_block || tag == DW_TAG_try_block ||
	       tag == DW_TAG_catch_block;
}

/* Descends to the innermost scope around the address. True: found, the rest need not be searched.
 */
static bool walk(struct chain *chain, Dwarf_Die *parent, unsigned depth)
{
	Dwarf_Die die;

	if (depth > MAX_DEPTH || dwarf_child(parent, &die) != 0)
		return false;
	do {
		int tag = dwarf_tag(&die);

		if (is_container(tag)) {
			if (walk(chain, &die, depth + 1))
				return true;
			continue;
		}
		if (!has_code(tag) || dwarf_haspc(&die, chain->address) <= 0)
			continue;
		if (is_function(tag) && chain->count < OBJECT_MAX_INLINED)
			chain->functions[chain->count++] = die;
		walk(chain, &die, depth + 1);
		return true;
	} while (dwarf_siblingof(&die, &die) == 0);
	return false;
}

/* The same where functions are defined in others, of whose code theirs is no part, as the regions
 * of OpenMP that GCC makes functions of. */
static bool walk_nested(struct chain *chain, Dwarf_Die *parent, unsigned depth)
{
	Dwarf_Die die;

	if (depth > MAX_DEPTH || dwarf_child(parent, &die) != 0)
		return false;
	do {
		int tag = dwarf_tag(&die);

		if (tag == DW_TAG_subprogram && dwarf_haspc(&die, chain->address) > 0) {
			chain->functions[chain->count++] = die;
			walk(chain, &die, depth + 1);
			return true;
		}
		if ((is_container(tag) || has_code(tag)) && walk_nested(chain, &die, depth + 1))
			return true;
	} while (dwarf_siblingof(&die, &die) == 0);
	return false;
}

static const char *die_text(Dwarf_Die *die, unsigned name)
{
	Dwarf_Attribute attribute;

	return dwarf_formstring(dwarf_attr_integrate(die, name, &attribute));
}

/* The DIE that says where a function stands in the source: its declaration. */
static void declaration(Dwarf_Die *die)
{
	Dwarf_Attribute attribute;
	unsigned steps;

	for (steps = 0; steps < 4; steps++)
		if ((!dwarf_attr(die, DW_AT_abstract_origin, &attribute) &&
		     !dwarf_attr(die, DW_AT_specification, &attribute)) ||
		    !dwarf_formref_die(&attribute, die))
			return;
}

/* A scope's part of a name; NULL: it has none. A class without a name is a lambda's, mostly. */
static const char *scope_name(Dwarf_Die *scope)
{
	int tag = dwarf_tag(scope);
	const char *name = dwarf_diename(scope);

	if (tag == DW_TAG_class_type || tag == DW_TAG_structure_type)
		return name ? name : "{lambda}";
	if (tag == DW_TAG_namespace)
		return name ? name : "(anonymous namespace)";
	return tag == DW_TAG_subprogram || is_container(tag) ? name : NULL;
}

/* "space::Class::function", from the scopes around the declaration; from malloc. */
static char *qualified_name(Dwarf_Die die)
{
	Dwarf_Die *scopes = NULL;
	char *name = xstrdup("");
	int count, i;

	declaration(&die);
	count = dwarf_getscopes_die(&die, &scopes);
	for (i = count - 1; i >= 0; i--) {
		const char *part = scope_name(&scopes[i]);
		char *longer;

		if (!part)
			continue;
		longer = xasprintf("%s%s%s", name, *name ? "::" : "", part);
		free(name);
		name = longer;
	}
	free(scopes);
	return name;
}

static bool is_cxx(Dwarf_Die *unit)
{
	switch (dwarf_srclang(unit)) {
	case DW_LANG_C_plus_plus:
	case DW_LANG_C_plus_plus_03:
	case DW_LANG_C_plus_plus_11:
	case DW_LANG_C_plus_plus_14:
		return true;
	default:
		return false;
	}
}

/*
 * A C function's assembler name is of no interest. What is local to a C++ function has no linkage
 * name in the debug information: its own symbol tells, or else the scopes around it.
 */
static const char *function_name(struct object_file *object, Dwarf_Die *unit, Dwarf_Die *die,
				 uint64_t address)
{
	const char *name = die_text(die, DW_AT_linkage_name);
	const struct object_symbol *symbol;

	if (!name)
		name = die_text(die, DW_AT_MIPS_linkage_name);
	if (!name && is_cxx(unit) && dwarf_tag(die) == DW_TAG_subprogram) {
		symbol = object_symbol(object, address);
		name = symbol ? symbol->raw : NULL;
	}
	if (name && (!strncmp(name, "_Z", 2) || !strncmp(name, "_R", 2)))
		return intern_take(object->pool, demangle(name));
	name = die_text(die, DW_AT_name);
	if (name && is_cxx(unit))
		return intern_take(object->pool, qualified_name(*die));
	return intern_text(object->pool, name);
}

/* Takes "." and "name/.." out of a path, by its text alone. */
static void normalise(char *path)
{
	char *out = path;
	const char *in = path;

	while (*in) {
		size_t length = strcspn(in + 1, "/") + 1; /* "/name" */

		if (length == 1 || (length == 2 && in[1] == '.')) {
			in += length;
			continue;
		}
		if (length == 3 && in[1] == '.' && in[2] == '.') {
			while (out > path && *--out != '/')
				;
		} else {
			memmove(out, in, length);
			out += length;
		}
		in += length;
	}
	*out = '\0';
}

static const char *absolute_file(struct object_file *object, Dwarf_Die *unit, const char *file)
{
	const char *directory;
	char *path;

	if (!file || !*file || !strcmp(file, "???"))
		return NULL;
	directory = die_text(unit, DW_AT_comp_dir);
	if (file[0] == '/' || !directory || directory[0] != '/')
		path = xstrdup(file);
	else
		path = xasprintf("%s/%s", directory, file);
	if (path[0] == '/')
		normalise(path);
	return intern_take(object->pool, path);
}

static void set_line(struct object_file *object, Dwarf_Die *unit, uint64_t address,
		     struct object_frame *frame)
{
	Dwarf_Line *line = dwarf_getsrc_die(unit, address);

	if (!line || dwarf_lineno(line, &frame->line) || frame->line == 0)
		return;
	frame->file = absolute_file(object, unit, dwarf_linesrc(line, NULL, NULL));
}

/* Where an inlined function was called: the place in the function around it. */
static void set_call(struct object_file *object, Dwarf_Die *unit, Dwarf_Die *inlined,
		     struct object_frame *frame)
{
	Dwarf_Attribute attribute;
	Dwarf_Word file, line;
	Dwarf_Files *files;
	size_t count;

	if (dwarf_formudata(dwarf_attr(inlined, DW_AT_call_line, &attribute), &line) == 0)
		frame->line = (int)line;
	if (dwarf_formudata(dwarf_attr(inlined, DW_AT_call_file, &attribute), &file) != 0)
		return;
	if (dwarf_getsrcfiles(unit, &files, &count) != 0 || file >= count)
		return;
	frame->file = absolute_file(object, unit, dwarf_filesrc(files, file, NULL, NULL));
}

static void symbol_frame(struct object_file *object, uint64_t address, struct object_frame *frame)
{
	const struct object_symbol *symbol = object_symbol(object, address);

	if (symbol)
		frame->function = intern_take(object->pool, demangle(symbol->raw));
}

/* With -gsplit-dwarf the scopes are in a .dwo file, and the unit has only the lines. */
static Dwarf_Die scopes_of(Dwarf_Die *unit)
{
	Dwarf_Die split;
	uint8_t type;

	if (dwarf_cu_info(unit->cu, NULL, &type, NULL, &split, NULL, NULL, NULL) == 0 &&
	    type == DW_UT_skeleton && split.addr)
		return split;
	return *unit;
}

size_t object_frames(struct object_file *object, uint64_t address,
		     struct object_frame frames[OBJECT_MAX_INLINED])
{
	struct chain chain = {.count = 0};
	Dwarf_Die unit, scopes;
	size_t i;

	frames[0] = (struct object_frame){0};
	if (!unit_at(object, address, &unit)) {
		symbol_frame(object, address, &frames[0]);
		return 1;
	}
	chain.address = address - object->dwarf_bias;
	set_line(object, &unit, chain.address, &frames[0]);
	scopes = scopes_of(&unit);
	walk(&chain, &scopes, 0);
	if (chain.count == 0)
		walk_nested(&chain, &scopes, 0);
	if (chain.count == 0) {
		symbol_frame(object, address, &frames[0]);
		return 1;
	}
	for (i = 0; i < chain.count; i++) {
		Dwarf_Die *die = &chain.functions[chain.count - 1 - i];

		if (i > 0) {
			frames[i] = (struct object_frame){0};
			set_call(object, &scopes, die + 1, &frames[i]);
		}
		frames[i].function = function_name(object, &scopes, die, address);
		frames[i].inlined = dwarf_tag(die) == DW_TAG_inlined_subroutine;
	}
	return chain.count;
}
