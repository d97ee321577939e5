/*
 * From run-time addresses to object files: which module an address of a process lay in at a
 * generation of its module map, and a cache of what the object file says about it.
 *
 * One struct object is kept for each distinct file (path and build-id), however many processes
 * loaded it, and opened when first asked.
 */
#include "symbols.h"
#include "bisect.h"
#include "demangle.h"
#include "object_file.h"
#include "object_members.h"
#include "script_frames.h"
#include "xalloc.h"
#include <stdlib.h>
#include <string.h>
#include <uthash.h>

struct object {
	UT_hash_handle hh;
	char *key; /* path, newline, build-id */
	const struct module *module;
	uint64_t recorded_realtime_ns;
	bool opened;
	struct object_file file;
	struct object_variables variables;
};

/* The frames of one program counter. */
struct place_key {
	const struct object *object; /* NULL: in no module */
	uint64_t address;	     /* return address, in the file */
};

struct place {
	UT_hash_handle hh;
	struct place_key key;
	struct frame *frames;
	size_t count;
};

/* A module as the search sees it: by process, then start. */
struct mapping {
	uint32_t module;
	uint64_t reach; /* largest end of this and earlier mappings of the process */
	struct object *object;
};

struct resolved_stack {
	struct frame *frames;
	size_t count;
	bool done;
};

struct symbols {
	const struct model *model;
	struct intern *pool;
	struct object *objects;
	struct mapping *mappings;
	struct place *places;
	struct resolved_stack *stacks;
};

static struct object *object_of(struct symbols *symbols, const struct module *module)
{
	char *key = xasprintf("%s\n%s", module->path, module->build_id);
	struct object *object;

	HASH_FIND_STR(symbols->objects, key, object);
	if (object) {
		free(key);
		return object;
	}
	object = xcalloc(1, sizeof(*object));
	object->key = key;
	object->module = module;
	object->recorded_realtime_ns = symbols->model->processes[module->process].start_realtime_ns;
	HASH_ADD_KEYPTR(hh, symbols->objects, object->key, strlen(object->key), object);
	return object;
}

static int compare_mappings(const void *left, const void *right, void *context)
{
	const struct model *model = context;
	const struct module *a = &model->modules[((const struct mapping *)left)->module];
	const struct module *b = &model->modules[((const struct mapping *)right)->module];

	if (a->process != b->process)
		return a->process < b->process ? -1 : 1;
	if (a->start != b->start)
		return a->start < b->start ? -1 : 1;
	return a->loaded < b->loaded ? -1 : a->loaded > b->loaded;
}

static void map_modules(struct symbols *symbols)
{
	const struct model *model = symbols->model;
	uint64_t reach = 0;
	uint32_t i;

	symbols->mappings = xcalloc(model->module_count, sizeof(*symbols->mappings));
	for (i = 0; i < model->module_count; i++) {
		symbols->mappings[i].module = i;
		symbols->mappings[i].object = object_of(symbols, &model->modules[i]);
	}
	qsort_r(symbols->mappings, model->module_count, sizeof(*symbols->mappings),
		compare_mappings, (void *)model);
	for (i = 0; i < model->module_count; i++) {
		struct mapping *mapping = &symbols->mappings[i];
		const struct module *module = &model->modules[mapping->module];

		if (i == 0 || model->modules[mapping[-1].module].process != module->process)
			reach = 0;
		if (module->end > reach)
			reach = module->end;
		mapping->reach = reach;
	}
}

struct symbols *symbols_new(const struct model *model)
{
	struct symbols *symbols = xcalloc(1, sizeof(*symbols));

	unsetenv("DEBUGINFOD_URLS"); /* libdwfl would ask the network */
	symbols->model = model;
	symbols->pool = intern_new();
	symbols->stacks = xcalloc(model->stack_count, sizeof(*symbols->stacks));
	map_modules(symbols);
	return symbols;
}

static void free_objects(struct symbols *symbols)
{
	struct object *object, *next;

	HASH_ITER (hh, symbols->objects, object, next) {
		HASH_DEL(symbols->objects, object);
		if (object->opened)
			object_close(&object->file);
		object_variables_free(&object->variables);
		free(object->key);
		free(object);
	}
}

static void free_places(struct symbols *symbols)
{
	struct place *place, *next;

	HASH_ITER (hh, symbols->places, place, next) {
		HASH_DEL(symbols->places, place);
		free(place->frames);
		free(place);
	}
}

void symbols_free(struct symbols *symbols)
{
	size_t i;

	if (!symbols)
		return;
	for (i = 0; i < symbols->model->stack_count; i++)
		free(symbols->stacks[i].frames);
	free(symbols->stacks);
	free_places(symbols);
	free_objects(symbols);
	free(symbols->mappings);
	intern_free(symbols->pool);
	free(symbols);
}

static struct object_file *object_file(struct symbols *symbols, struct object *object)
{
	if (!object->opened) {
		object->opened = true;
		object_open(&object->file, object->module->path, object->module->build_id,
			    object->recorded_realtime_ns, symbols->pool);
	}
	return &object->file;
}

static bool starts_up_to(const struct module *module, uint32_t process, uint64_t address)
{
	return module->process < process ||
	       (module->process == process && module->start <= address);
}

/* The number of mappings that start at or below the address, of this process and earlier ones. */
static size_t mappings_up_to(const struct symbols *symbols, uint32_t process, uint64_t address)
{
	const struct module *modules = symbols->model->modules;

	return BISECT(0, symbols->model->module_count, i,
		      starts_up_to(&modules[symbols->mappings[i].module], process, address));
}

#define ANY_GENERATION UINT32_MAX

static struct mapping *find_mapping(const struct symbols *symbols, uint32_t process,
				    uint32_t generation, uint64_t address)
{
	size_t i;

	for (i = mappings_up_to(symbols, process, address); i-- > 0;) {
		struct mapping *mapping = &symbols->mappings[i];
		const struct module *module = &symbols->model->modules[mapping->module];

		if (module->process != process || mapping->reach <= address)
			break;
		if (module->end > address &&
		    (generation == ANY_GENERATION ||
		     (module->loaded <= generation && generation < module->unloaded)))
			return mapping;
	}
	return NULL;
}

static void fill_place(struct symbols *symbols, struct object *object, struct place *place)
{
	struct object_frame found[OBJECT_MAX_INLINED];
	size_t i;

	/* A return address may be the first of the next function: the call lies before it. */
	place->count = object_frames(object_file(symbols, object), place->key.address - 1, found);
	place->frames = xcalloc(place->count, sizeof(*place->frames));
	for (i = 0; i < place->count; i++) {
		place->frames[i] = (struct frame){
			.function = found[i].function,
			.file = found[i].file,
			.line = found[i].line,
			.module = object->module->path,
			.offset = place->key.address,
			.inlined = found[i].inlined,
		};
	}
}

static const struct place *find_place(struct symbols *symbols, uint32_t process,
				      uint32_t generation, uint64_t pc)
{
	struct mapping *mapping = find_mapping(symbols, process, generation, pc - 1);
	struct place_key key;
	struct place *place;

	memset(&key, 0, sizeof(key));
	key.object = mapping ? mapping->object : NULL;
	key.address = mapping ? pc - symbols->model->modules[mapping->module].bias : pc;
	HASH_FIND(hh, symbols->places, &key, sizeof(key), place);
	if (place)
		return place;
	place = xcalloc(1, sizeof(*place));
	place->key = key;
	if (mapping) {
		fill_place(symbols, mapping->object, place);
	} else {
		place->count = 1;
		place->frames = xcalloc(1, sizeof(*place->frames));
		place->frames[0].offset = pc;
	}
	HASH_ADD(hh, symbols->places, key, sizeof(key), place);
	return place;
}

static bool is_called(const struct frame *frames, size_t count, const char *function)
{
	for (size_t i = 0; i < count; i++)
		if (frames[i].function && !strcmp(frames[i].function, function))
			return true;
	return false;
}

/* Without debug information a lambda that was inlined has no frame but that of what runs it. */
static void name_carried(struct symbols *symbols, struct frame *frames, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		char *carried = frames[i].function && !frames[i].line
					? demangle_carried(frames[i].function)
					: NULL;

		if (carried && !is_called(frames, i, carried))
			frames[i].function = intern_take(symbols->pool, carried);
		else
			free(carried);
	}
}

static void resolve_stack(struct symbols *symbols, uint32_t index)
{
	const struct stack *stack = &symbols->model->stacks[index];
	struct resolved_stack *resolved = &symbols->stacks[index];
	size_t room = 0, i;

	resolved->done = true;
	for (i = 0; i < stack->count; i++) {
		const struct place *place = find_place(symbols, stack->process, stack->generation,
						       symbols->model->pcs[stack->first_pc + i]);

		if (resolved->count + place->count > room) {
			room = 2 * (resolved->count + place->count) + stack->count;
			resolved->frames =
				xreallocarray(resolved->frames, room, sizeof(struct frame));
		}
		memcpy(resolved->frames + resolved->count, place->frames,
		       place->count * sizeof(struct frame));
		resolved->count += place->count;
	}
	name_carried(symbols, resolved->frames, resolved->count);
	if (stack->calls != NO_INDEX)
		resolved->frames = script_frames_insert(symbols->model, stack->calls,
							resolved->frames, &resolved->count);
}

const struct frame *symbols_stack(struct symbols *symbols, uint32_t stack, size_t *count)
{
	*count = 0;
	if (stack == NO_INDEX)
		return NULL;
	if (!symbols->stacks[stack].done)
		resolve_stack(symbols, stack);
	*count = symbols->stacks[stack].count;
	return symbols->stacks[stack].frames;
}

bool symbols_object(struct symbols *symbols, uint32_t process, uint32_t generation,
		    uint64_t address, const char **name, uint64_t *offset, const char **module,
		    uint64_t *module_offset)
{
	struct mapping *mapping = find_mapping(symbols, process, generation, address);
	const struct object_symbol *symbol;

	*name = *module = NULL;
	*offset = *module_offset = 0;
	if (!mapping)
		return false;
	*module = mapping->object->module->path;
	*module_offset = address - symbols->model->modules[mapping->module].bias;
	symbol = object_symbol(object_file(symbols, mapping->object), *module_offset);
	if (!symbol)
		return false;
	*name = intern_take(symbols->pool, demangle(symbol->raw));
	*offset = *module_offset - symbol->start;
	return true;
}

/* The place in the static object at an address; *symbol: the object. False: not known. */
static bool find_object_place(struct symbols *symbols, uint32_t process, uint32_t generation,
			      uint64_t address, const struct object_symbol **symbol,
			      struct object_place *place)
{
	struct mapping *mapping = find_mapping(symbols, process, generation, address);
	struct object_file *file;

	*symbol = NULL;
	if (!mapping)
		return false;
	file = object_file(symbols, mapping->object);
	address -= symbols->model->modules[mapping->module].bias;
	*symbol = object_symbol(file, address);
	return *symbol &&
	       object_member(file, &mapping->object->variables, (*symbol)->start, address, place);
}

bool symbols_member(struct symbols *symbols, uint32_t process, uint32_t generation,
		    uint64_t address, const char **path, const char **shape)
{
	const struct object_symbol *symbol;
	struct object_place place;

	if (!find_object_place(symbols, process, generation, address, &symbol, &place))
		return false;
	*path = intern_take(symbols->pool, place.path);
	*shape = intern_take(symbols->pool, place.shape);
	return true;
}

bool symbols_is_lock(struct symbols *symbols, uint32_t process, uint32_t generation,
		     uint64_t address, uint64_t size)
{
	const struct object_symbol *symbol;
	struct object_place place;
	bool alone;

	if (!find_object_place(symbols, process, generation, address, &symbol, &place))
		return symbol && symbol->end - symbol->start == size;
	alone = place.lock && !strchr(place.shape, '[');
	free(place.path);
	free(place.shape);
	return alone;
}

const char *symbols_function(struct symbols *symbols, uint32_t process, uint64_t address)
{
	struct mapping *mapping = find_mapping(symbols, process, ANY_GENERATION, address);
	const struct object_symbol *symbol;
	uint64_t file_address;

	if (!mapping)
		return NULL;
	file_address = address - symbols->model->modules[mapping->module].bias;
	symbol = object_symbol(object_file(symbols, mapping->object), file_address);
	return symbol ? intern_take(symbols->pool, demangle(symbol->raw)) : NULL;
}

const char *symbols_unusable(const struct symbols *symbols, size_t index)
{
	const struct object *object;

	for (object = symbols->objects; object; object = object->hh.next)
		if (object->opened && !object->file.dwfl && object->module->path[0] == '/' &&
		    index-- == 0)
			return object->module->path;
	return NULL;
}
