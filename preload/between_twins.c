/* Owns what a thread and its creator did with the locks that only they took. */
#include "arena.h"
#include "between_locks.h"
#include "families.h"
#include "kin.h"
#include "spans.h"
#include "table.h"

/* One look at what they did. */
struct look {
	struct thread *self; /* the creator */
	struct between_party *party;
	struct between_deeds *deeds;
	uint32_t numbers; /* given to these locks so far */
	uint32_t created; /* epoch of its creator in which the thread was made */
	uint32_t parts;
};

static struct between *find(const struct look *look, uint32_t lock)
{
	struct between *between = look->party->first;

	while (between && between->lock != lock)
		between = between->next;
	return between;
}

/* Of those locks all that counts is where and by whom they were made, and in which order the thread
 * came to them. */
static uint64_t print_of_lock(struct look *look, uint32_t ref)
{
	const struct trace_lock *lock = trace_at(ref);
	struct between *between = find(look, ref);

	if (!between)
		return ref;
	if (!between->number)
		between->number = ++look->numbers;
	return kin_mix(kin_mix(lock->created_stack, between->number),
		       between->maker == look->party->thread);
}

static uint64_t print_of(struct look *look, uint32_t ref)
{
	const struct trace_node *node = trace_at(ref);
	uint64_t print;

	if (!node)
		return 1;
	print = kin_mix(print_of(look, node->parent), print_of_lock(look, node->lock));
	return kin_mix(kin_mix(print, node->stack), node->op);
}

static void print_own(struct look *look, struct ended *ended)
{
	ended->kin = kin_print_thread(ended_record(ended));
	for (uint32_t i = 0; i < ended->count; i++) {
		struct deed *deed = &ended->deeds[i];

		if (!deed->print)
			continue;
		deed->print = print_of(look, deed->node);
		ended->kin = kin_mix(ended->kin, deed->print);
	}
	for (uint32_t i = 0; i < ended->signal_count; i++) {
		const struct trace_signal *signal = trace_at(ended->signals[i]);

		ended->kin = kin_mix(ended->kin, print_of(look, signal->node));
		ended->kin = kin_mix(ended->kin, signal->epoch);
	}
}

/* It names one that is no lock, which counts for nothing. */
static bool is_void(const struct trace_node *node)
{
	const struct trace_lock *lock = trace_at(node->lock);

	return lock->kind == TRACE_LOCK_semaphore && lock->flags & TRACE_LOCK_ORDERING;
}

static bool is_known(const struct between_deeds *deeds, uint32_t node)
{
	for (uint32_t i = 0; i < deeds->count; i++) {
		if (deeds->at[i].node == node)
			return true;
	}
	return false;
}

static bool is_inside(const struct look *look, const struct trace_node *node)
{
	while ((node = trace_at(node->parent))) {
		if (find(look, node->lock))
			return true;
	}
	return false;
}

/* What tells of more than of locks is not to seem older than it is. */
static bool is_plain(const struct trace_node *node)
{
	const uint16_t kind = op_kind(node->op);

	return kind == TRACE_LOCK_mutex || kind == TRACE_LOCK_rwlock || kind == TRACE_LOCK_spin ||
	       kind == TRACE_LOCK_semaphore || (kind == TRACE_LOCK_condition && op_gives(node->op));
}

static bool may_move(const struct look *look, const struct trace_node *node, uint32_t epoch)
{
	const struct trace_lock *lock = trace_at(node->lock);

	return node->thread == look->party->creator && is_plain(node) && !node->spans &&
	       node->first_epoch == epoch && node->last_epoch == epoch &&
	       !(lock->flags & TRACE_LOCK_PROVISIONAL) &&
	       (epoch > look->created || !is_inside(look, node));
}

/* False: that cannot be the same as what another one did. */
static bool add_deed(struct look *look, uint32_t ref, uint32_t epoch, uint32_t since)
{
	struct between_deeds *deeds = look->deeds;
	struct trace_node *node = trace_at(ref);
	const bool before = epoch <= look->created;

	/* Not what was asked for only. */
	if (node->thread == look->party->thread || (!node->count && !node->spans) ||
	    is_void(node) || is_known(deeds, ref))
		return true;
	if (!may_move(look, node, epoch) || deeds->count == BETWEEN_DEEDS)
		return false;
	node->count += table_take_since(look->self, since, ref);
	deeds->at[deeds->count].print = kin_mix(print_of(look, ref), before);
	deeds->at[deeds->count].node = ref;
	deeds->at[deeds->count].epoch = epoch;
	deeds->at[deeds->count].before = before;
	deeds->count++;
	look->parts += kin_parts(node);
	return true;
}

static bool add_deeds(struct look *look, const struct between *between)
{
	for (uint32_t i = 0; i < between->life_count; i++) {
		if (!add_deed(look, between->life[i].node, between->life[i].epoch, between->since))
			return false;
	}
	return true;
}

/* What its tries say of others (trials.h). */
static uint64_t print_tries(struct look *look, const struct between *between)
{
	uint64_t print = 1;

	for (uint32_t i = 0; i < between->tried_count; i++) {
		const struct trace_trial *trial = trace_at(between->tried[i]);
		uint64_t ends = (trial->waited != 0) | (uint64_t)(trial->timed != 0) << 1 |
				(uint64_t)(trial->abandoned != 0) << 2;

		print = kin_mix(kin_mix(print, print_of(look, trial->node)), ends);
	}
	return print;
}

/* In the order in which its thread came to them. */
static const struct between *numbered(const struct between_party *party, uint32_t number)
{
	const struct between *between = party->first;

	while (between && between->number != number)
		between = between->next;
	return between;
}

static bool was_taken_once(const struct trace_node *node, const struct between *between)
{
	return node->lock != between->lock || node->thread != between->maker || node->count <= 1;
}

/* Whether it may be that nobody else knows it yet (witness.h of the analysis). */
static bool is_once(const struct look *look, const struct ended *ended,
		    const struct between *between)
{
	for (uint32_t i = 0; i < ended->count; i++) {
		if (!was_taken_once(trace_at(ended->deeds[i].node), between))
			return false;
	}
	for (uint32_t i = 0; i < look->deeds->count; i++) {
		if (!was_taken_once(trace_at(look->deeds->at[i].node), between))
			return false;
	}
	return true;
}

static void describe_locks(struct look *look, struct ended *ended)
{
	struct between_deeds *deeds = look->deeds;

	deeds->lock_count = look->numbers;
	for (uint32_t i = 0; i < look->numbers; i++) {
		const struct between *between = numbered(look->party, i + 1);

		deeds->locks[i].lock = between->lock;
		deeds->locks[i].once = is_once(look, ended, between);
		ended->kin = kin_mix(ended->kin, deeds->locks[i].once);
	}
}

static void number_rest(struct look *look)
{
	for (struct between *between = look->party->first; between; between = between->next)
		print_of_lock(look, between->lock);
}

bool between_describe(struct thread *self, struct ended *ended)
{
	const struct trace_thread *record = ended_record(ended);
	const struct trace_thread *creator = trace_at(record->creator);
	struct look look = {
		.self = self,
		.party = between_party(ended->thread),
		.created = record->create_epoch,
	};

	if (look.party->count > BETWEEN_LOCKS ||
	    !(creator->state & (TRACE_THREAD_MAIN | TRACE_THREAD_DETACHED)))
		return false;
	look.deeds = ended->between = arena_alloc(sizeof(*look.deeds));
	if (!look.deeds)
		return false;
	for (struct between *between = look.party->first; between; between = between->next)
		between->number = 0;
	print_own(&look, ended);
	number_rest(&look);
	for (uint32_t number = 1; number <= look.numbers; number++) {
		const struct between *between = numbered(look.party, number);

		ended->kin = kin_mix(ended->kin, print_tries(&look, between));
		if (!add_deeds(&look, between))
			return false;
	}
	describe_locks(&look, ended);
	for (uint32_t i = 0; i < look.deeds->count; i++)
		ended->kin = kin_mix(ended->kin, look.deeds->at[i].print);
	ended->parts += look.parts;
	return true;
}

/* 0: there is none. */
static uint32_t counterpart(const struct ended *into, uint64_t print)
{
	const struct between_deeds *deeds = into->between;

	for (uint32_t i = 0; deeds && i < deeds->count; i++) {
		if (deeds->at[i].print == print)
			return deeds->at[i].node;
	}
	return 0;
}

bool between_fits(const struct ended *into, const struct ended *ended)
{
	const struct between_deeds *deeds = ended->between;

	for (uint32_t i = 0; deeds && i < deeds->count; i++) {
		if (!counterpart(into, deeds->at[i].print))
			return false;
	}
	return true;
}

static void forget_tries(const struct between *between)
{
	for (uint32_t i = 0; i < between->tried_count; i++) {
		struct trace_trial *trial = trace_at(between->tried[i]);

		trial->waited = trial->timed = trial->abandoned = 0;
	}
}

void between_fold(const struct thread *self, const struct ended *into, const struct ended *ended)
{
	const struct between_party *party = between_party(ended->thread);
	const struct between_deeds *deeds = ended->between;

	for (uint32_t i = 0; i < deeds->count; i++) {
		struct trace_node *to = trace_at(counterpart(into, deeds->at[i].print));

		if (!deeds->at[i].before)
			spans_add(self, to, deeds->at[i].epoch);
		kin_count(to, trace_at(deeds->at[i].node));
	}
	for (uint32_t i = 0; i < deeds->lock_count; i++) {
		struct trace_lock *lock = trace_at(into->between->locks[i].lock);

		lock->flags |= deeds->locks[i].once ? TRACE_LOCK_ALIKE : 0;
	}
	for (const struct between *between = party->first; between; between = between->next) {
		forget_tries(between);
		between_clean(between->lock);
	}
	between_stay(ended->thread);
}
