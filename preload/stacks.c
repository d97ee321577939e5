/* Owns call stacks: captured on the recorder's own stack, interned by content, written once. */
#include "stacks.h"

#include "arena.h"
#include "handlers.h"
#include "hash.h"
#include "interpreter.h"
#include "modules.h"
#include "options.h"
#include "system.h"
#include "walk.h"

#include <string.h>

enum { OWN_STACK_SIZE = 256 << 10, FIRST_SLOTS = 1024 };

/* Big things live here and not on the program's stack; the recorder lock protects them. */
static struct {
	/* One more than is recorded, for the way out of a signal handler. */
	uint64_t pcs[TRACE_MAX_FRAMES + 1];
	uint64_t sps[TRACE_MAX_FRAMES + 1]; /* stack pointers of the frames they return to */
	uint64_t frame, site;
	struct script *calls; /* in interpreted code */
	unsigned count;
	unsigned known; /* of these, how many were walked, when the others were known; or 0 */
	unsigned flags;
} found;

static char *own_stack;

static struct stack **table; /* open addressing by hash */
static size_t table_slots, table_used;

/*
 * Where frames of stacks that were walked lay: who calls another function from there has the same
 * ones around it. A table without probing.
 */
enum { SURROUNDINGS_BITS = 8 };
static struct surroundings {
	uint64_t sp; /* that the frame goes on with; 0: empty */
	struct stack *stack;
	unsigned index; /* of the frame in it */
} surroundings[1 << SURROUNDINGS_BITS];

static struct surroundings *surroundings_of(uint64_t sp, uint64_t pc)
{
	return &surroundings[(sp ^ pc << 32) * UINT64_C(0x9e3779b97f4a7c15) >>
			     (64 - SURROUNDINGS_BITS)];
}

/* Whether the frames of that stack from the known one on are around the frame that was walked last,
 * as in stacks_same. */
static bool surrounds(const struct surroundings *known)
{
	const uint32_t *places = stack_places(known->stack);
	uint64_t base = known->sp - sizeof(uint64_t) - places[known->index];

	for (unsigned i = known->index; i < known->stack->count; i++) {
		if (!places[i] || !walk_is_in_stack(base + places[i]) ||
		    *(const uint64_t *)(base + places[i]) != known->stack->pcs[i])
			return false;
	}
	return known->stack->generation == modules_generation();
}

/* The frames around the one that was walked last, if that was a part of another stack. False: they
 * are to be walked. */
static bool take_known(unsigned depth)
{
	uint64_t sp = found.sps[found.count - 1], pc = found.pcs[found.count - 1], base;
	const struct surroundings *known = surroundings_of(sp, pc);
	const struct stack *stack = known->stack;
	const uint32_t *places;
	bool cut;

	if (!sp || known->sp != sp || stack->pcs[known->index] != pc)
		return false;
	cut = stack->flags & TRACE_STACK_CUT;
	if ((cut && found.count + stack->count - known->index - 1 < depth) || !surrounds(known))
		return false;
	places = stack_places(known->stack);
	base = sp - places[known->index];
	found.known = found.count;
	for (unsigned i = known->index + 1; i < stack->count; i++) {
		if (found.count == depth) {
			cut = true;
			break;
		}
		found.sps[found.count] = base + places[i];
		found.pcs[found.count++] = stack->pcs[i];
	}
	found.flags |= cut ? TRACE_STACK_CUT : 0;
	return true;
}

static void note_surroundings(struct stack *stack)
{
	if (!walk.high || found.flags & TRACE_STACK_HANDLER)
		return;
	/* Of those that were known, what is known is as good. */
	for (unsigned i = 0; i < (found.known ? found.known - 1 : stack->count); i++)
		*surroundings_of(found.sps[i], found.pcs[i]) =
			(struct surroundings){found.sps[i], stack, i};
}

/*
 * Whether a call ends right before that address, as with all that is returned to: e8, or ff with
 * /2, in its lengths (Intel SDM 2A, CALL).
 */
static bool follows_call(uint64_t pc)
{
#if defined(__x86_64__)
	static const uint8_t lengths[] = {2, 3, 4, 6, 7};
	const uint8_t *end = (const uint8_t *)(uintptr_t)pc;
	const uint64_t word = (pc - 1) & ~UINT64_C(7);
	uint64_t known;

	if (!walk_readable(word))
		return false;
	/* Code may begin with the page. */
	known = pc - word + (walk_readable(word - 8) ? 8 : 0);
	if (known >= 5 && end[-5] == 0xe8)
		return true;
	for (size_t i = 0; i < sizeof(lengths) && lengths[i] <= known; i++) {
		if (end[-lengths[i]] == 0xff && (end[1 - lengths[i]] & 0x38) == 0x10)
			return true;
	}
	return false;
#else
	(void)pc;
	return true;
#endif
}

/* Frames from the one that returns to found.site outwards; the recorder's own are passed over. */
static void walk_frames(void *unused)
{
	unsigned depth = options.stack_depth ? (unsigned)options.stack_depth : 1, own = 0;

	(void)unused;
	if (depth > TRACE_MAX_FRAMES)
		depth = TRACE_MAX_FRAMES;
	if (!walk_begin())
		return;
	/* Each step needs the module of the frame it leaves; the first is ours. */
	modules_note_first_of_walk((void *)(uintptr_t)&walk_frames);
	while (walk_step()) {
		const uint64_t pc = walk.frame.pc;

		modules_note_of_walk((void *)pc);
		if (found.count == 0 && pc != found.site) {
			if (++own > 32)
				return;
			continue;
		}
		/* Of code without tables the unwinder guesses; what it finds is other data each
		 * time. */
		if (found.count && !modules_noted_code((void *)pc) && !follows_call(pc))
			return;
		if (handlers_restorer(pc)) {
			found.flags |= TRACE_STACK_HANDLER;
		} else if (found.count == depth) {
			found.flags |= TRACE_STACK_CUT;
			return;
		}
		found.sps[found.count] = walk.frame.sp;
		found.pcs[found.count] = pc;
		/* What a handler interrupted is another thing every time. */
		if (found.flags & TRACE_STACK_HANDLER)
			return;
		found.count++;
		if (take_known(depth))
			return;
	}
}

/* As stack_walked. */
static unsigned walked(void)
{
	return found.count + (found.flags & TRACE_STACK_HANDLER ? 1 : 0);
}

static uint64_t hash_walk(void)
{
	uint64_t hash = (uintptr_t)found.calls ^ (modules_generation() + 1);

	for (unsigned i = 0; i < walked(); i++)
		hash = hash_word(hash, found.pcs[i]);
	return hash;
}

static bool same_stack(const struct stack *stack, uint64_t hash)
{
	return stack->hash == hash && stack->count == found.count && stack->flags == found.flags &&
	       stack->calls == found.calls && stack->generation == modules_generation() &&
	       !memcmp(stack->pcs, found.pcs, walked() * sizeof(found.pcs[0]));
}

static struct stack **find_slot(struct stack **slots, size_t count, uint64_t hash, bool same)
{
	size_t index = hash & (count - 1);

	while (slots[index] && !(same && same_stack(slots[index], hash)))
		index = (index + 1) & (count - 1);
	return &slots[index];
}

static bool grow(void)
{
	size_t slots = table_slots ? table_slots * 2 : FIRST_SLOTS;
	struct stack **bigger = arena_alloc(slots * sizeof(*bigger));

	if (!bigger)
		return false;
	for (size_t i = 0; i < table_slots; i++) {
		if (table[i])
			*find_slot(bigger, slots, table[i]->hash, false) = table[i];
	}
	arena_free(table, table_slots * sizeof(*table));
	table = bigger;
	table_slots = slots;
	return true;
}

static struct stack *intern(void)
{
	uint64_t hash = hash_walk();
	struct stack **slot, *stack;

	if (table_used * 2 >= table_slots && !grow())
		return NULL;
	slot = find_slot(table, table_slots, hash, true);
	if (*slot)
		return *slot;
	stack = arena_alloc(sizeof(*stack) + walked() * (sizeof(stack->pcs[0]) + sizeof(uint32_t)));
	if (!stack)
		return NULL;
	stack->hash = hash;
	stack->calls = found.calls;
	stack->generation = modules_generation();
	stack->count = (uint16_t)found.count;
	stack->flags = (uint16_t)found.flags;
	memcpy(stack->pcs, found.pcs, walked() * sizeof(found.pcs[0]));
	*slot = stack;
	table_used++;
	return stack;
}

/* On x86-64 a call leaves its return address right below the stack pointer that the caller goes on
 * with. */
static void note_places(struct stack *stack)
{
	uint32_t *places = stack_places(stack);

	for (unsigned i = 0; i < walked(); i++) {
		uint64_t above = found.sps[i] - sizeof(uint64_t) - found.frame;

#if !defined(__x86_64__)
		above = UINT64_MAX;
#endif
		places[i] = found.sps[i] && above < UINT32_MAX ? (uint32_t)above : 0;
	}
}

/* From the inside outwards: as far as the addresses agree, the frames do, so what is read is stack.
 */
bool stacks_same(struct stack *stack, const void *frame, uint64_t high)
{
	const uint32_t *places = stack_places(stack);

	for (unsigned i = 0; i < stack_walked(stack); i++) {
		if (!places[i] || (uintptr_t)frame + places[i] >= high ||
		    *(const uint64_t *)((const char *)frame + places[i]) != stack->pcs[i])
			return false;
	}
	return stack->generation == modules_generation();
}

/* Where the addresses' places are not known, a stack is never found but walked: just now. */
uint64_t stacks_handler_frame(struct stack *stack, const void *frame)
{
	uint32_t place = stack_places(stack)[stack->count];

	return place ? (uintptr_t)frame + place + sizeof(uint64_t) : found.sps[stack->count];
}

struct stack *stacks_capture(const void *site, const void *frame, struct script *calls)
{
	const uint64_t low = (uintptr_t)__builtin_frame_address(0);
	struct stack *stack;

	found.count = found.known = found.flags = 0;
	found.site = (uintptr_t)site;
	found.frame = (uintptr_t)frame;
	walk_reset(low, current_thread && low >= current_thread->stack_low
				? current_thread->stack_high
				: 0);
	if (!own_stack)
		own_stack = sys_mmap(OWN_STACK_SIZE, -1);
	if (unwinder_ready && own_stack) {
		/* Taken here, on the program's stack, so that the walk begins with this frame. */
		unwinder.getcontext(&walk.context);
		call_on_stack(own_stack + OWN_STACK_SIZE, walk_frames, NULL);
	}
	if (!found.count) {
		modules_note(site);
		found.sps[0] = 0;
		found.pcs[found.count++] = (uintptr_t)site;
		found.flags = TRACE_STACK_SITE_ONLY;
		if (!unwinder_ready && trace_header)
			trace_header->early++;
	}
	/* A handler may have come while they were being changed. */
	found.calls = found.flags & TRACE_STACK_HANDLER ? NULL : calls;
	stack = intern();
	if (stack) {
		note_places(stack);
		note_surroundings(stack);
	}
	return stack;
}

static void write_calls(const struct stack *stack)
{
	uint32_t calls = script_ref(stack->calls);
	struct trace_calls *record;

	if (!calls)
		return;
	record = trace_alloc(&recorder_cursor, TRACE_TYPE_calls, sizeof(*record));
	if (!record)
		return;
	record->stack = stack->ref;
	record->innermost = calls;
	trace_commit(&recorder_cursor, record);
}

uint32_t stacks_ref(struct stack *stack)
{
	struct trace_stack *record;
	size_t tail;

	if (!stack || stack->ref)
		return stack ? stack->ref : 0;
	tail = stack->count * sizeof(stack->pcs[0]);
	record = trace_alloc(&recorder_cursor, TRACE_TYPE_stack, sizeof(*record) + tail);
	if (!record)
		return 0;
	record->generation = stack->generation;
	record->count = stack->count;
	record->flags = stack->flags;
	memcpy(record + 1, stack->pcs, tail);
	trace_commit(&recorder_cursor, record);
	stack->ref = trace_ref(record);
	write_calls(stack);
	return stack->ref;
}

struct stack *stacks_find(uint32_t ref)
{
	for (size_t i = 0; ref && i < table_slots; i++) {
		if (table[i] && table[i]->ref == ref)
			return table[i];
	}
	return NULL;
}

void stacks_reset_refs(void)
{
	for (size_t i = 0; i < table_slots; i++) {
		if (table[i]) {
			table[i]->ref = 0;
			table[i]->pool = NULL;
		}
	}
	interpreter_reset_refs();
}
