/* Owns how the records about waits, and what ends them, become parts of the model. */
#include "reader_put_waits.h"

#include "xalloc.h"

/* Sums up the waits of a lock. */
static void add_wait_buckets(struct build *build, const struct trace_wait *from,
			     uint32_t lock_index)
{
	struct model *model = build->model;
	struct lock *lock = &model->locks[lock_index];
	struct histogram *sum;

	if (lock->wait_buckets == NO_INDEX) {
		lock->wait_buckets = (uint32_t)model->histogram_count++;
		model->histograms[lock->wait_buckets] =
			(struct histogram){.process = build->process};
	}
	sum = &model->histograms[lock->wait_buckets];
	for (unsigned b = 0; b < TRACE_BUCKETS; b++)
		sum->buckets[b] += from->buckets[b];
}

void reader_put_wait(struct build *build, const struct trace_record *record, uint32_t index)
{
	const struct trace_wait *from = (const struct trace_wait *)record;
	const struct trace_node *node =
		(const struct trace_node *)image_record(build->image, from->node);

	build->model->waits[index] = (struct wait){
		.node = index_of(build, from->node),
		.stack = index_of(build, from->stack),
		.count = from->count,
		.total_ns = build_ns(build, from->total),
		.max_ns = build_ns(build, from->max),
	};
	add_wait_buckets(build, from, index_of(build, node->lock));
}

static void put_want(const struct build *build, const struct trace_held *from, struct held *to)
{
	struct process *process = &build->model->processes[build->process];
	uint64_t began = process->start_ticks;

	to->want_lock = to->want_mutex_lock = to->want_thread = NO_INDEX;
	to->want_stack = NO_INDEX;
	if (!from->want || !from->want_since || !op_function((uint16_t)from->want_op))
		return;
	to->want = from->want & ~TRACE_ANNOTATED;
	to->want_mutex = from->want_mutex;
	to->want_op = (uint16_t)from->want_op;
	to->want_stack = index_of(build, from->want_stack);
	to->want_since_ns =
		from->want_since > began ? build_ns(build, from->want_since - began) : 0;
	/* The header of one that was killed may be older. */
	if (process->end == TRACE_END_running && process->duration_ns < to->want_since_ns)
		process->duration_ns = to->want_since_ns;
	to->want_thread = reader_thread_at(build, op_kind(to->want_op), to->want);
}

/*
 * Whether it took something after that wait began: then a jump out of a signal handler has left it
 * behind.
 */
static bool is_over(const struct trace_held *from, const struct trace_held_entry *entry)
{
	return from->want_since && entry->since > from->want_since;
}

/* Only those of live threads are kept. */
void reader_put_held(struct build *build, const struct trace_record *record, uint32_t index)
{
	const struct trace_held *from = (const struct trace_held *)record;
	const struct trace_held_entry *entries = (const struct trace_held_entry *)(from + 1);
	struct model *model = build->model;
	const uint32_t thread = index_of(build, from->thread);
	struct held *to = &model->helds[model->held_count];

	(void)index;
	if (thread == NO_INDEX || model->threads[thread].state & TRACE_THREAD_ENDED)
		return;
	*to = (struct held){
		.thread = thread,
		.nodes = xcalloc(from->room, sizeof(*to->nodes)),
	};
	put_want(build, from, to);
	for (uint32_t i = 0; i < from->room && entries[i].lock; i++) {
		if (entries[i].lock == TRACE_HELD_HOLE)
			continue;
		to->nodes[to->depth++] = index_of(build, entries[i].node);
		if (is_over(from, &entries[i]))
			to->want = to->want_mutex = 0;
		/* The time is set by whoever has it for certain. */
		to->last_open = !to->want && !entries[i].since;
	}
	model->threads[thread].held = (uint32_t)model->held_count++;
}

/* The last step of a walk that lacks further ones; NULL: the walks are whole. */
static const struct deadlock *open_walk(const struct model *model)
{
	const struct deadlock *last;

	if (!model->deadlock_count)
		return NULL;
	last = &model->deadlocks[model->deadlock_count - 1];
	return last->step + 1 < last->steps ? last : NULL;
}

void reader_drop_open_walk(struct model *model)
{
	const struct deadlock *last = open_walk(model);

	if (last)
		model->deadlock_count -= last->step + 1u;
}

/* Whether it is the next step of the walk at hand, or begins another. */
static bool deadlock_goes_on(struct model *model, const struct trace_deadlock *from)
{
	const struct deadlock *last = open_walk(model);

	if (last && last->walk == from->walk && last->step + 1 == from->step &&
	    last->steps == from->steps)
		return true;
	reader_drop_open_walk(model);
	return from->step == 0;
}

void reader_put_deadlock(struct build *build, const struct trace_record *record, uint32_t index)
{
	const struct trace_deadlock *from = (const struct trace_deadlock *)record;
	struct model *model = build->model;

	(void)index;
	if (!deadlock_goes_on(model, from))
		return;
	model->deadlocks[model->deadlock_count++] = (struct deadlock){
		.walk = from->walk,
		.step = from->step,
		.steps = from->steps,
		.thread = index_of(build, from->thread),
		.node = index_of(build, from->node),
		.lock = index_of(build, from->lock),
		.stack = index_of(build, from->stack),
		.op = from->op,
	};
}

/* What tells who came, and to which mutex. */
static void put_came_to(const struct build *build, const struct trace_event *from, struct event *to)
{
	const struct trace_node *node =
		(const struct trace_node *)image_record(build->image, from->node);

	if (from->kind != TRACE_EVENT_came_to || !from->node)
		return;
	to->kind = TRACE_EVENT_came;
	to->lock = index_of(build, node->lock);
	to->news = index_of(build, from->lock);
	to->place = from->index;
	to->index = 1;
}

void reader_put_event(struct build *build, const struct trace_record *record, uint32_t index)
{
	const struct trace_event *from = (const struct trace_event *)record;
	struct event *to = &build->model->events[index];

	*to = (struct event){
		.thread = index_of(build, from->thread),
		.lock = index_of(build, from->lock),
		.kind = from->kind,
		.act = from->act,
		.index = from->index,
		.epoch = from->epoch,
		.node = index_of(build, from->node),
		.stack = index_of(build, from->stack),
		.number = from->number,
		.asked = NO_INDEX,
		.news = NO_INDEX,
	};
	put_came_to(build, from, to);
}

void reader_put_tally(struct build *build, const struct trace_record *record, uint32_t index)
{
	const struct trace_tally *from = (const struct trace_tally *)record;

	build->model->tallies[index] = (struct tally){
		.thread = index_of(build, from->thread),
		.lock = index_of(build, from->lock),
		.kind = from->kind,
		.flags = from->flags,
		.count = from->count,
		.amount = from->amount,
	};
}

void reader_put_futex(struct build *build, const struct trace_record *record, uint32_t index)
{
	const struct trace_futex *from = (const struct trace_futex *)record;

	build->model->futexes[index] = (struct futex){
		.process = build->process,
		.stack = index_of(build, from->stack),
		.count = from->count,
	};
}

static void put_wake(struct build *build, uint64_t address, uint64_t ticks)
{
	struct model *model = build->model;
	uint64_t began = model->processes[build->process].start_ticks;

	if (ticks)
		model->wakes[model->wake_count++] = (struct wake){
			.process = build->process,
			.address = address,
			.at_ns = ticks > began ? build_ns(build, ticks - began) : 0,
		};
}

void reader_put_wakes(struct build *build, const struct trace_record *record, uint32_t index)
{
	const struct trace_wakes *from = (const struct trace_wakes *)record;

	(void)index;
	put_wake(build, 0, from->others);
	for (unsigned i = 0; i < TRACE_WAKES; i++)
		put_wake(build, from->objects[i], from->ticks[i]);
}
