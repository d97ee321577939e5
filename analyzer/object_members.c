/* Paths into static objects, from DWARF types. */
#include "object_members.h"
#include "one_of.h"
#include "xalloc.h"
#include <dwarf.h>
#include <stdlib.h>
#include <string.h>

/* Types nested deeper than this are not followed: no program's are, a damaged file's may be. */
#define MAX_DEPTH 32u

/* What is found of the path so far. */
struct path {
	char *exact, *shape;
	bool at_lock; /* it ends at a type that is a lock */
};

static void path_add(struct path *path, const char *exact, const char *shape)
{
	char *longer = xasprintf("%s%s", path->exact, exact);
	char *longer_shape = xasprintf("%s%s", path->shape, shape);

	free(path->exact);
	free(path->shape);
	path->exact = longer;
	path->shape = longer_shape;
}

/* The address of a variable that has one. */
static bool static_address(Dwarf_Die *die, uint64_t *address)
{
	Dwarf_Attribute attribute, indexed;
	Dwarf_Op *operations;
	size_t count;

	if (!dwarf_attr(die, DW_AT_location, &attribute) ||
	    dwarf_getlocation(&attribute, &operations, &count) != 0 || count != 1)
		return false;
	if (operations[0].atom == DW_OP_addr) {
		*address = operations[0].number;
		return true;
	}
	/* DWARF 5: an index into a table of addresses. */
	return operations[0].atom == DW_OP_addrx &&
	       dwarf_getlocation_attr(&attribute, operations, &indexed) == 0 &&
	       dwarf_formaddr(&indexed, address) == 0;
}

static void add_variable(struct object_variables *variables, Dwarf_Die *die)
{
	struct object_variable *variable;
	uint64_t address;

	if (!static_address(die, &address))
		return;
	if ((variables->count & (variables->count - 1)) == 0)
		variables->items = xrealloc(variables->items,
					    (variables->count * 2 + 1) * sizeof(*variables->items));
	variable = &variables->items[variables->count++];
	variable->start = address;
	variable->die = *die;
}

/* Variables stand in units and name spaces, and static ones in functions and their blocks too. */
static void collect(struct object_variables *variables, Dwarf_Die *parent, unsigned depth)
{
	Dwarf_Die die;
	int more;

	if (depth > MAX_DEPTH)
		return;
	for (more = dwarf_child(parent, &die); more == 0; more = dwarf_siblingof(&die, &die)) {
		switch (dwarf_tag(&die)) {
		case DW_TAG_variable:
			add_variable(variables, &die);
			break;
		case DW_TAG_namespace:
		case DW_TAG_subprogram:
		case DW_TAG_lexical_block:
			collect(variables, &die, depth + 1);
			break;
		default:
			break;
		}
	}
}

static int by_start(const void *a, const void *b)
{
	const struct object_variable *x = a, *y = b;

	return x->start < y->start ? -1 : x->start > y->start;
}

static void read_variables(struct object_variables *variables, Dwarf *dwarf)
{
	Dwarf_CU *unit = NULL;
	Dwarf_Die die, split;
	uint8_t type;

	variables->read = true;
	while (dwarf_get_units(dwarf, unit, &unit, NULL, &type, &die, &split) == 0)
		collect(variables, type == DW_UT_skeleton && split.addr ? &split : &die, 0);
	if (variables->count)
		qsort(variables->items, variables->count, sizeof(*variables->items), by_start);
}

/* The type of a DIE without its typedefs and qualifiers, stopping at a lock's name. */
static bool type_of(Dwarf_Die *die, Dwarf_Die *type)
{
	Dwarf_Attribute attribute;

	return dwarf_attr_integrate(die, DW_AT_type, &attribute) &&
	       dwarf_formref_die(&attribute, type);
}

/* "pthread_mutex_t", "std::mutex", "spinlock": a type that is a lock, by its name. */
static bool is_lock_name(const char *name)
{
	static const char *const others[] = {"GMutex",
					     "GRecMutex",
					     "GRWLock",
					     "GCond",
					     "sem_t",
					     "mtx_t",
					     "cnd_t",
					     "once_flag",
					     "omp_lock_t",
					     "condition_variable",
					     "condition_variable_any"};
	size_t length = name ? strlen(name) : 0;

	if (!name)
		return false;
	return ONE_OF(name, others) || !strncmp(name, "pthread_", 8) ||
	       (length >= 5 && !strcmp(name + length - 5, "mutex"));
}

static bool is_wrapper_type(int tag)
{
	return tag == DW_TAG_typedef || tag == DW_TAG_const_type || tag == DW_TAG_volatile_type ||
	       tag == DW_TAG_atomic_type;
}

/* Elements of one dimension of an array; 0: not known. */
static uint64_t dimension(Dwarf_Die *subrange)
{
	Dwarf_Attribute attribute;
	Dwarf_Word value;

	if (dwarf_attr_integrate(subrange, DW_AT_count, &attribute) &&
	    dwarf_formudata(&attribute, &value) == 0)
		return value;
	if (dwarf_attr_integrate(subrange, DW_AT_upper_bound, &attribute) &&
	    dwarf_formudata(&attribute, &value) == 0)
		return value + 1;
	return 0;
}

/* Elements below one index of the first remaining dimension. */
static uint64_t elements_below(Dwarf_Die subrange)
{
	uint64_t count = 1;

	while (dwarf_siblingof(&subrange, &subrange) == 0) {
		uint64_t size = dimension(&subrange);

		if (!size || size > UINT32_MAX || count > UINT32_MAX)
			return 0;
		count *= size;
	}
	return count;
}

/* Into an array: appends its indices, leaves the element's type and the offset in it. */
static bool enter_array(Dwarf_Die *type, uint64_t *offset, struct path *path)
{
	Dwarf_Die element, subrange;
	Dwarf_Word size;
	uint64_t index;
	int more;

	if (!type_of(type, &element) || dwarf_aggregate_size(&element, &size) != 0 || !size)
		return false;
	index = *offset / size;
	*offset %= size;
	for (more = dwarf_child(type, &subrange); more == 0;
	     more = dwarf_siblingof(&subrange, &subrange)) {
		uint64_t below = elements_below(subrange);
		char text[32];

		if (!below)
			return false;
		snprintf(text, sizeof(text), "[%llu]", (unsigned long long)(index / below));
		index %= below;
		path_add(path, text, "[]");
	}
	*type = element;
	return true;
}

/* Whether a member or base covers the offset; *start: where it begins. */
static bool covers(Dwarf_Die *member, uint64_t offset, Dwarf_Die *type, uint64_t *start)
{
	Dwarf_Attribute attribute;
	Dwarf_Word value = 0, size;

	if (dwarf_attr_integrate(member, DW_AT_data_member_location, &attribute) &&
	    dwarf_formudata(&attribute, &value) != 0)
		return false;
	/* A static member has no place in the object. */
	if (dwarf_hasattr(member, DW_AT_external) || dwarf_hasattr(member, DW_AT_declaration))
		return false;
	*start = value;
	return offset >= value && type_of(member, type) && dwarf_aggregate_size(type, &size) == 0 &&
	       offset - value < size;
}

/* Into a struct or class: appends the member's name (none for a base class). */
static bool enter_struct(Dwarf_Die *type, uint64_t *offset, struct path *path)
{
	Dwarf_Die member, inner;
	uint64_t start;
	int more;

	for (more = dwarf_child(type, &member); more == 0;
	     more = dwarf_siblingof(&member, &member)) {
		int tag = dwarf_tag(&member);
		const char *name = dwarf_diename(&member);

		if ((tag != DW_TAG_member && tag != DW_TAG_inheritance) ||
		    !covers(&member, *offset, &inner, &start))
			continue;
		if (tag == DW_TAG_member && name) {
			char *text = xasprintf(".%s", name);

			path_add(path, text, text);
			free(text);
		}
		*offset -= start;
		*type = inner;
		return true;
	}
	return false;
}

/* Follows the type to the lock at `offset`. */
static bool follow(Dwarf_Die *type, uint64_t offset, struct path *path)
{
	unsigned depth;

	for (depth = 0; depth < MAX_DEPTH; depth++) {
		int tag = dwarf_tag(type);

		path->at_lock = is_lock_name(dwarf_diename(type));
		if (path->at_lock)
			return offset == 0;
		if (is_wrapper_type(tag)) {
			if (!type_of(type, type))
				return false;
		} else if (tag == DW_TAG_array_type) {
			if (!enter_array(type, &offset, path))
				return false;
		} else if (tag == DW_TAG_structure_type || tag == DW_TAG_class_type ||
			   tag == DW_TAG_union_type) {
			if (!enter_struct(type, &offset, path))
				return false;
		} else {
			return offset == 0;
		}
	}
	return false;
}

static const struct object_variable *find_variable(const struct object_variables *variables,
						   uint64_t start)
{
	struct object_variable wanted = {.start = start};

	if (!variables->count)
		return NULL;
	return bsearch(&wanted, variables->items, variables->count, sizeof(wanted), by_start);
}

bool object_member(struct object_file *object, struct object_variables *variables, uint64_t start,
		   uint64_t address, struct object_place *place)
{
	struct path found = {NULL, NULL, false};
	const struct object_variable *variable;
	Dwarf *dwarf = object_dwarf(object);
	Dwarf_Die die, type;

	if (!dwarf)
		return false;
	if (!variables->read)
		read_variables(variables, dwarf);
	variable = find_variable(variables, start - object->dwarf_bias);
	if (!variable)
		return false;
	die = variable->die;
	if (!type_of(&die, &type))
		return false;
	found.exact = xstrdup("");
	found.shape = xstrdup("");
	if (!follow(&type, address - start, &found)) {
		free(found.exact);
		free(found.shape);
		return false;
	}
	*place = (struct object_place){found.exact, found.shape, found.at_lock};
	return true;
}

void object_variables_free(struct object_variables *variables)
{
	free(variables->items);
	*variables = (struct object_variables){NULL, 0, false};
}
