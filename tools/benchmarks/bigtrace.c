/*
 * Usage: bigtrace FILE LOCKS NODES [SHAPE]. Writes a trace as a large program would leave it, for
 * the analysis to be measured: THREADS threads that take locks inside one another, in order but for
 * a few planted inversions. SHAPE is one of
 *	tangled		in any order, so that most locks are in one large component
 *	knot		in order, but for KNOT locks, in any order, with a tenth of all nodes
 *	pairs		one mistake, made at two places with every pair of locks
 * Its stacks lie in this program and its C library, so that the reader has real symbols to look up.
 */
#include <gordian/trace_format.h>

#include <link.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

enum {
	THREADS = 16,
	STACKS = 2000,
	FRAMES = 8,
	MODULES = 8,
	BUILD_ID = 128,	 /* its digits, at most */
	DEPTH = 5,	 /* locks held at once, at most */
	INVERSIONS = 20, /* pairs of locks that two threads take in opposite orders */
	KNOT = 2000,
	CHUNK = 64 << 10,
	ROOM_PER_RECORD = 128,
};

static char *image; /* address space for the whole file */
static struct trace_chunk *chunk;
static uint64_t random_state = 1;

static struct {
	uint64_t start, size;
} texts[MODULES];
static unsigned text_count;

static uint64_t random_below(uint64_t limit)
{
	random_state = random_state * UINT64_C(6364136223846793005) + 1442695040888963407;
	return (random_state >> 33) % limit;
}

static uint32_t reference_of(const void *record)
{
	return (uint32_t)(((const char *)record - image) / 8);
}

static void *record_at(uint32_t reference)
{
	return image + (uint64_t)reference * 8;
}

static void *add_record(enum trace_type type, size_t size)
{
	struct trace_header *header = (struct trace_header *)image;
	struct trace_record *record;

	size = (size + 7) & ~(size_t)7;
	if (!chunk || chunk->used + size > CHUNK) {
		chunk = (struct trace_chunk *)(image + header->allocated);
		chunk->magic = TRACE_CHUNK_MAGIC;
		chunk->size = CHUNK;
		chunk->used = sizeof(*chunk);
		header->allocated += CHUNK;
	}
	record = (struct trace_record *)((char *)chunk + chunk->used);
	record->type = (uint16_t)type;
	record->size = (uint32_t)size;
	chunk->used += (uint32_t)size;
	return record;
}

static void add_header(uint64_t window)
{
	struct trace_header *header = (struct trace_header *)image;

	*header = (struct trace_header){
		.version = TRACE_VERSION,
		.byte_order = TRACE_BYTE_ORDER,
		.header_size = TRACE_HEADER_SIZE,
		.pointer_size = sizeof(void *),
		.window = window,
		.allocated = TRACE_HEADER_SIZE,
		.pid = 2,
		.parent_pid = 1,
		.start_realtime_ns = 1,
		.ticks = {1, 1000000001},
		.mono_ns = {1, 1000000001},
		.nominal_hz = 1000000000,
		.end = TRACE_END_exit,
		.end_mono_ns = 1000000001,
	};
	memcpy(header->magic, TRACE_MAGIC, sizeof(header->magic));
}

static void add_process(const char *exe)
{
	const size_t length = strlen(exe) + 1;
	struct trace_process *process =
		add_record(TRACE_TYPE_process, sizeof(*process) + 2 * length);

	process->pid = 2;
	process->argument_count = 1;
	memcpy(process + 1, exe, length);
	memcpy((char *)(process + 1) + length, exe, length);
}

/* Writes the build-id in hex; nothing if there is none. */
static void write_build_id(const struct dl_phdr_info *info, char *text)
{
	for (unsigned i = 0; i < info->dlpi_phnum; i++) {
		const char *at = (const char *)(info->dlpi_addr + info->dlpi_phdr[i].p_vaddr);
		const char *end = at + info->dlpi_phdr[i].p_memsz;

		while (info->dlpi_phdr[i].p_type == PT_NOTE && at < end) {
			const ElfW(Nhdr) *note = (const ElfW(Nhdr) *)at;
			const char *name = at + sizeof(*note);
			const unsigned char *id =
				(const unsigned char *)name + ((note->n_namesz + 3) & ~3u);

			if (note->n_type == NT_GNU_BUILD_ID && strcmp(name, "GNU") == 0) {
				for (unsigned byte = 0; byte < note->n_descsz; byte++)
					text += sprintf(text, "%02x", id[byte]);
				return;
			}
			at = (const char *)id + ((note->n_descsz + 3) & ~3u);
		}
	}
}

/* A module with its code; those without a file are left out. */
static int add_module(struct dl_phdr_info *info, size_t size, void *exe)
{
	const char *path = info->dlpi_name[0] ? info->dlpi_name : exe;
	uint64_t start = UINT64_MAX, end = 0;
	struct trace_module *module;

	(void)size;
	if (path[0] != '/' || text_count == MODULES)
		return 0;
	for (unsigned i = 0; i < info->dlpi_phnum; i++) {
		const ElfW(Phdr) *segment = &info->dlpi_phdr[i];
		const uint64_t from = info->dlpi_addr + segment->p_vaddr;

		if (segment->p_type != PT_LOAD)
			continue;
		start = from < start ? from : start;
		end = from + segment->p_memsz > end ? from + segment->p_memsz : end;
		if (segment->p_flags & PF_X) {
			texts[text_count].start = from;
			texts[text_count].size = segment->p_memsz;
		}
	}
	text_count++;
	module = add_record(TRACE_TYPE_module, sizeof(*module) + strlen(path) + 2 + BUILD_ID);
	module->start = start;
	module->end = end;
	module->bias = info->dlpi_addr;
	module->unloaded = UINT32_MAX;
	write_build_id(info, stpcpy((char *)(module + 1), path) + 1);
	return 0;
}

static uint32_t add_stack(void)
{
	struct trace_stack *stack =
		add_record(TRACE_TYPE_stack, sizeof(*stack) + FRAMES * sizeof(uint64_t));
	uint64_t *counters = (uint64_t *)(stack + 1);

	stack->count = FRAMES;
	for (int i = 0; i < FRAMES; i++) {
		unsigned text = (unsigned)random_below(text_count);

		counters[i] = texts[text].start + random_below(texts[text].size);
	}
	return reference_of(stack);
}

static uint32_t add_thread(uint32_t number, uint32_t creator, uint32_t stack)
{
	struct trace_thread *thread = add_record(TRACE_TYPE_thread, sizeof(*thread));

	thread->number = number;
	thread->tid = number + 1;
	thread->creator = creator;
	thread->create_epoch = number - 1;
	thread->created_stack = creator ? stack : 0;
	thread->state = TRACE_THREAD_STARTED | (creator ? TRACE_THREAD_ENDED : TRACE_THREAD_MAIN);
	return reference_of(thread);
}

static uint32_t add_lock(uint64_t number, uint32_t creator, uint32_t stack)
{
	struct trace_lock *lock = add_record(TRACE_TYPE_lock, sizeof(*lock));

	lock->address = UINT64_C(0x100000000) + number * 64;
	lock->kind = TRACE_LOCK_mutex;
	lock->flags = TRACE_LOCK_INIT_SEEN;
	lock->created_stack = stack;
	lock->created_by = creator;
	return reference_of(lock);
}

static uint32_t add_node(uint32_t thread, uint32_t parent, uint32_t lock, uint32_t stack)
{
	struct trace_node *node = add_record(TRACE_TYPE_node, sizeof(*node));

	node->thread = thread;
	node->parent = parent;
	node->lock = lock;
	node->stack = stack;
	node->op = TRACE_OP_mutex_lock;
	node->count = 1 + random_below(1000);
	return reference_of(node);
}

struct world {
	uint32_t threads[THREADS + 1];
	uint32_t stacks[STACKS];
	uint32_t *locks;
	uint64_t lock_count;
	bool knot; /* the next chain is of the knot */
	const struct shape *shape;
};

struct shape {
	const char *name;
	/* The lock that a chain takes at this depth. */
	uint32_t (*pick)(const struct world *world, uint64_t depth);
	bool knots, pairs;
};

static uint32_t any_stack(const struct world *world)
{
	return world->stacks[random_below(STACKS)];
}

/* Each depth has a layer of its own. */
static uint32_t pick_ordered(const struct world *world, uint64_t depth)
{
	const uint64_t layer = world->lock_count / DEPTH;

	return world->locks[depth * layer + random_below(layer)];
}

static uint32_t pick_any(const struct world *world, uint64_t depth)
{
	(void)depth;
	return world->locks[random_below(world->lock_count)];
}

static uint32_t pick_knot(const struct world *world, uint64_t depth)
{
	const uint64_t size = world->lock_count < KNOT ? world->lock_count : KNOT;

	return world->knot ? world->locks[random_below(size)] : pick_ordered(world, depth);
}

static const struct shape shapes[] = {
	{"ordered", pick_ordered, false, false},
	{"tangled", pick_any, false, false},
	{"knot", pick_knot, true, false},
	{"pairs", pick_ordered, false, true},
};

/* A chain of up to DEPTH locks, one inside the other; the number of nodes written. */
static uint64_t add_chain(const struct world *world, uint64_t most)
{
	const uint32_t thread = world->threads[1 + random_below(THREADS)];
	uint32_t parent = 0;
	uint64_t depth = 1 + random_below(DEPTH);

	depth = depth < most ? depth : most;
	for (uint64_t i = 0; i < depth; i++)
		parent = add_node(thread, parent, world->shape->pick(world, i), any_stack(world));
	return depth;
}

/* Two threads take each pair in opposite orders, all at the same places; the number of nodes. */
static uint64_t add_pairs(const struct world *world)
{
	uint64_t i;

	for (i = 0; i + 1 < world->lock_count; i += 2) {
		for (int side = 0; side < 2; side++) {
			const uint32_t thread = world->threads[1 + side];
			uint32_t held = add_node(thread, 0, world->locks[i + side],
						 world->stacks[2 * side]);

			add_node(thread, held, world->locks[i + 1 - side],
				 world->stacks[2 * side + 1]);
		}
	}
	return 2 * i;
}

static void add_inversion(const struct world *world)
{
	const uint32_t a = world->locks[random_below(world->lock_count)];
	const uint32_t b = world->locks[random_below(world->lock_count)];

	for (int i = 0; i < 2; i++) {
		const uint32_t thread = world->threads[1 + i];
		uint32_t held = add_node(thread, 0, i ? b : a, any_stack(world));

		add_node(thread, held, i ? a : b, any_stack(world));
	}
}

static void add_world(uint64_t locks, uint64_t nodes, const struct shape *shape)
{
	struct world world = {
		.locks = calloc(locks, sizeof(uint32_t)), .lock_count = locks, .shape = shape};
	uint64_t done = 0;

	if (!world.locks)
		abort();
	for (int i = 0; i < STACKS; i++)
		world.stacks[i] = add_stack();
	for (uint32_t i = 0; i <= THREADS; i++)
		world.threads[i] = add_thread(i + 1, i ? world.threads[0] : 0, any_stack(&world));
	for (uint64_t i = 0; i < locks; i++)
		world.locks[i] = add_lock(i, world.threads[0],
					  shape->pairs ? world.stacks[4] : any_stack(&world));
	if (shape->pairs)
		done = add_pairs(&world);
	for (int i = 0; i < INVERSIONS && !shape->pairs; i++, done += 4)
		add_inversion(&world);
	while (done < nodes && !shape->pairs) {
		world.knot = shape->knots && random_below(10) == 0;
		done += add_chain(&world, nodes - done);
	}
	((struct trace_thread *)record_at(world.threads[0]))->state |= TRACE_THREAD_ENDED;
	free(world.locks);
}

static const struct shape *find_shape(const char *name)
{
	for (size_t i = 0; i < sizeof(shapes) / sizeof(*shapes); i++)
		if (strcmp(shapes[i].name, name) == 0)
			return &shapes[i];
	return NULL;
}

int main(int argc, char **argv)
{
	const struct shape *shape = find_shape(argc > 4 ? argv[4] : "ordered");
	uint64_t locks = argc > 3 ? strtoull(argv[2], NULL, 10) : 0;
	uint64_t nodes = argc > 3 ? strtoull(argv[3], NULL, 10) : 0;
	uint64_t window = (locks + nodes + STACKS) * ROOM_PER_RECORD + (1 << 20);
	char *exe = realpath("/proc/self/exe", NULL);
	FILE *file;

	if (locks < DEPTH || !nodes || !exe || !shape) {
		fprintf(stderr, "usage: bigtrace FILE LOCKS NODES [SHAPE]\n");
		return 2;
	}
	image = mmap(NULL, window, PROT_READ | PROT_WRITE,
		     MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	if (image == MAP_FAILED)
		abort();
	add_header(window);
	add_process(exe);
	dl_iterate_phdr(add_module, exe);
	add_world(locks, nodes, shape);
	free(exe);
	file = fopen(argv[1], "w");
	window = ((struct trace_header *)image)->allocated;
	if (!file || fwrite(image, 1, window, file) != window || fclose(file)) {
		perror(argv[1]);
		return 1;
	}
	return 0;
}
