/* Owns the records about locks: who took them, where, for how long, with what mistake. */
#include "trace_builder.h"

#include <string.h>

uint32_t builder_lock(struct trace_builder *builder, uint64_t address, uint32_t stack)
{
	uint32_t reference = builder_record(builder, TRACE_TYPE_lock, 0);
	struct trace_lock *lock = builder_at(builder, reference);

	lock->address = address;
	lock->kind = TRACE_LOCK_mutex;
	lock->created_stack = stack;
	return reference;
}

uint32_t builder_node(struct trace_builder *builder, uint32_t thread, uint32_t parent,
		      uint32_t lock, uint32_t stack, enum trace_op op, uint64_t count)
{
	uint32_t reference = builder_record(builder, TRACE_TYPE_node, 0);
	struct trace_node *node = builder_at(builder, reference);

	node->thread = thread;
	node->parent = parent;
	node->lock = lock;
	node->stack = stack;
	node->op = (uint16_t)op;
	node->count = count;
	return reference;
}

void builder_newest(struct trace_builder *builder, uint32_t reference, uint32_t first,
		    uint32_t last)
{
	struct trace_node *node = builder_at(builder, reference);

	node->first_epoch = first;
	node->last_epoch = last;
}

uint32_t builder_span(struct trace_builder *builder, uint32_t node, uint32_t first, uint32_t last)
{
	uint32_t reference = builder_record(builder, TRACE_TYPE_span, 0);
	struct trace_span *span = builder_at(builder, reference);

	span->node = node;
	span->first_epoch = first;
	span->last_epoch = last;
	((struct trace_node *)builder_at(builder, node))->spans++;
	return reference;
}

uint32_t builder_trial(struct trace_builder *builder, uint32_t node, uint64_t waited,
		       uint64_t timed, uint64_t abandoned)
{
	uint32_t reference = builder_record(builder, TRACE_TYPE_trial, 0);
	struct trace_trial *trial = builder_at(builder, reference);

	trial->node = node;
	trial->waited = waited;
	trial->timed = timed;
	trial->abandoned = abandoned;
	return reference;
}

static unsigned bucket_of(uint64_t ticks)
{
	unsigned bucket = ticks ? 63 - (unsigned)__builtin_clzll(ticks) : 0;

	return bucket < TRACE_BUCKETS ? bucket : TRACE_BUCKETS - 1;
}

uint32_t builder_wait(struct trace_builder *builder, uint32_t node, uint32_t stack, uint64_t count,
		      uint64_t ticks)
{
	uint32_t reference = builder_record(builder, TRACE_TYPE_wait, 0);
	struct trace_wait *wait = builder_at(builder, reference);

	wait->node = node;
	wait->stack = stack;
	wait->count = count;
	wait->total = count * ticks;
	wait->max = ticks;
	wait->buckets[bucket_of(ticks)] = (uint32_t)count;
	((struct trace_node *)builder_at(builder, node))->wait = reference;
	return reference;
}

uint32_t builder_holds(struct trace_builder *builder, uint32_t lock_reference, uint32_t count,
		       uint64_t ticks)
{
	uint32_t reference = builder_record(builder, TRACE_TYPE_histogram, 0);
	struct trace_histogram *histogram = builder_at(builder, reference);
	struct trace_lock *lock = builder_at(builder, lock_reference);

	histogram->lock = lock_reference;
	histogram->buckets[bucket_of(ticks)] = count;
	lock->hold_histogram = reference;
	lock->hold_samples = count;
	lock->hold_total = count * ticks;
	lock->hold_max = ticks;
	return reference;
}

uint32_t builder_held(struct trace_builder *builder, uint32_t thread, size_t room)
{
	uint32_t reference =
		builder_record(builder, TRACE_TYPE_held, room * sizeof(struct trace_held_entry));
	struct trace_held *held = builder_at(builder, reference);

	held->thread = thread;
	held->room = (uint32_t)room;
	return reference;
}

void builder_hold(struct trace_builder *builder, uint32_t reference, uint32_t node_reference)
{
	struct trace_held *held = builder_at(builder, reference);
	const struct trace_node *node = builder_at(builder, node_reference);
	const struct trace_lock *lock = builder_at(builder, node->lock);
	struct trace_held_entry *entry = (struct trace_held_entry *)(held + 1);

	while (entry->lock)
		entry++;
	entry->lock = lock->address;
	entry->node = node_reference;
}

uint32_t builder_counts(struct trace_builder *builder, uint32_t thread, uint32_t slots)
{
	const uint32_t first = 64;
	uint32_t reference = builder_record(builder, TRACE_TYPE_counts,
					    first - sizeof(struct trace_counts) +
						    slots * sizeof(struct trace_slot));
	struct trace_counts *counts = builder_at(builder, reference);

	counts->thread = thread;
	counts->slots = slots;
	counts->first = first;
	return reference;
}

void builder_count(struct trace_builder *builder, uint32_t reference, uint32_t slot, uint32_t node,
		   uint64_t count)
{
	struct trace_counts *counts = builder_at(builder, reference);
	struct trace_slot *slots = (struct trace_slot *)((char *)counts + counts->first);

	slots[slot] =
		(struct trace_slot){.key = 77 + slot, .node = node, .count = count};
}

uint32_t builder_misuse(struct trace_builder *builder, enum trace_misuse_rule rule, uint32_t thread,
			uint32_t lock)
{
	uint32_t reference = builder_record(builder, TRACE_TYPE_misuse, 0);
	struct trace_misuse *misuse = builder_at(builder, reference);

	misuse->rule = (uint16_t)rule;
	misuse->thread = thread;
	misuse->lock = lock;
	misuse->count = 1;
	return reference;
}

uint32_t builder_deadlock(struct trace_builder *builder, uint32_t walk, unsigned step,
			  unsigned steps, uint32_t thread, uint32_t lock)
{
	uint32_t reference = builder_record(builder, TRACE_TYPE_deadlock, 0);
	struct trace_deadlock *deadlock = builder_at(builder, reference);

	deadlock->walk = walk;
	deadlock->step = (uint16_t)step;
	deadlock->steps = (uint16_t)steps;
	deadlock->thread = thread;
	deadlock->lock = lock;
	deadlock->op = TRACE_OP_mutex_lock;
	return reference;
}

uint32_t builder_handlers(struct trace_builder *builder, uint64_t signals)
{
	uint32_t reference = builder_record(builder, TRACE_TYPE_handlers, 0);
	struct trace_handlers *handlers = builder_at(builder, reference);

	handlers->signals = signals;
	return reference;
}

uint32_t builder_alarms(struct trace_builder *builder, uint64_t signals)
{
	uint32_t reference = builder_record(builder, TRACE_TYPE_alarms, 0);
	struct trace_alarms *alarms = builder_at(builder, reference);

	alarms->signals = signals;
	return reference;
}

uint32_t builder_runtime(struct trace_builder *builder, uint64_t signals)
{
	uint32_t reference = builder_record(builder, TRACE_TYPE_runtime, 0);
	struct trace_runtime *runtime = builder_at(builder, reference);

	runtime->signals = signals;
	return reference;
}

uint32_t builder_reaped(struct trace_builder *builder, uint32_t pid, uint32_t signal,
			uint64_t after)
{
	uint32_t reference = builder_record(builder, TRACE_TYPE_reaped, 0);
	struct trace_reaped *reaped = builder_at(builder, reference);

	reaped->pid = pid;
	reaped->signal = signal;
	reaped->ticks = builder_header(builder)->ticks[0] + after;
	return reference;
}

uint32_t builder_awaited(struct trace_builder *builder, uint32_t pid, uint32_t thread,
			 uint32_t epoch, uint32_t node, uint64_t after)
{
	uint32_t reference = builder_record(builder, TRACE_TYPE_awaited, 0);
	struct trace_awaited *awaited = builder_at(builder, reference);

	awaited->pid = pid;
	awaited->thread = thread;
	awaited->epoch = epoch;
	awaited->node = node;
	awaited->ticks = builder_header(builder)->ticks[0] + after;
	return reference;
}

uint32_t builder_unordered(struct trace_builder *builder, uint64_t objects, uint64_t children)
{
	uint32_t reference = builder_record(builder, TRACE_TYPE_unordered, 0);
	struct trace_unordered *unordered = builder_at(builder, reference);

	unordered->objects = objects;
	unordered->children = children;
	return reference;
}

uint32_t builder_children(struct trace_builder *builder, uint64_t ended)
{
	uint32_t reference = builder_record(builder, TRACE_TYPE_children, 0);
	struct trace_children *children = builder_at(builder, reference);

	children->ended = ended;
	return reference;
}

uint32_t builder_begun(struct trace_builder *builder, uint64_t count)
{
	uint32_t reference = builder_record(builder, TRACE_TYPE_begun, 0);
	struct trace_begun *begun = builder_at(builder, reference);

	begun->count = count;
	return reference;
}

uint32_t builder_identity(struct trace_builder *builder, uint32_t lock, uint64_t offset)
{
	uint32_t reference = builder_record(builder, TRACE_TYPE_identity, 0);
	struct trace_identity *identity = builder_at(builder, reference);

	identity->lock = lock;
	identity->device = identity->inode = 1;
	identity->offset = offset;
	return reference;
}

uint32_t builder_open_file(struct trace_builder *builder, uint32_t lock, uint64_t number)
{
	uint32_t reference = builder_record(builder, TRACE_TYPE_open_file, 0);
	struct trace_open_file *record = builder_at(builder, reference);

	record->lock = lock;
	record->flags = TRACE_OPEN_FILE_INHERITED;
	record->number = number;
	return reference;
}

uint32_t builder_label(struct trace_builder *builder, uint32_t lock, const char *name,
		       const char *class, int level)
{
	size_t length = strlen(name) + 1, more = class ? strlen(class) + 1 : 1;
	uint32_t reference = builder_record(builder, TRACE_TYPE_label, length + more);
	struct trace_label *label = builder_at(builder, reference);

	label->lock = lock;
	label->flags = class ? TRACE_LABEL_LEVEL : 0;
	label->level = (uint64_t)(int64_t)level;
	memcpy(label + 1, name, length);
	if (class)
		memcpy((char *)(label + 1) + length, class, more);
	return reference;
}

uint32_t builder_ignored(struct trace_builder *builder, uint32_t thread, uint64_t count)
{
	uint32_t reference = builder_record(builder, TRACE_TYPE_ignored, 0);
	struct trace_ignored *ignored = builder_at(builder, reference);

	ignored->thread = thread;
	ignored->regions = 1;
	ignored->count = count;
	return reference;
}

uint32_t builder_event(struct trace_builder *builder, uint32_t thread, uint32_t lock,
		       enum trace_event_kind kind, uint32_t index, uint32_t epoch)
{
	uint32_t reference = builder_record(builder, TRACE_TYPE_event, 0);
	struct trace_event *event = builder_at(builder, reference);

	event->thread = thread;
	event->lock = lock;
	event->kind = (uint16_t)kind;
	event->index = index;
	event->epoch = epoch;
	event->number = reference;
	return reference;
}

uint32_t builder_tally(struct trace_builder *builder, uint32_t thread, uint32_t lock,
		       enum trace_event_kind kind, uint32_t count, uint32_t amount)
{
	uint32_t reference = builder_record(builder, TRACE_TYPE_tally, 0);
	struct trace_tally *tally = builder_at(builder, reference);

	tally->thread = thread;
	tally->lock = lock;
	tally->kind = (uint16_t)kind;
	tally->count = count;
	tally->amount = amount;
	return reference;
}
