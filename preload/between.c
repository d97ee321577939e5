/* Owns what is known of locks that only a thread and its creator took. */
#include "between_locks.h"

#include "address_map.h"
#include "alone.h"
#include "arena.h"
#include "nesting.h"
#include "pool.h"
#include "twins.h"

bool between_any;

enum { MOST_BETWEEN = 1 << 12 };

/* Lock records -> struct between. */
static struct address_map known;

static struct between *find(uint32_t lock)
{
	return (struct between *)(uintptr_t)address_map_get(&known, lock);
}

static uint32_t creator_of(uint32_t thread)
{
	return ((const struct trace_thread *)trace_at(thread))->creator;
}

static bool is_first(uint32_t thread)
{
	const struct trace_thread *record = trace_at(thread);

	return !record || record->state & TRACE_THREAD_MAIN;
}

static void forget(struct between *between)
{
	between_party_leave(between);
	address_map_remove(&known, between->lock);
	arena_free(between, sizeof(*between));
}

/* Its record is as those of others from now on. */
static void let_go(struct between *between)
{
	if (between->dead)
		pool_put(&between->was);
	forget(between);
}

/* Its thread need not wait for it. */
static void forget_one(struct between *between)
{
	struct between_party *party = between->party;

	forget(between);
	if (party)
		between_party_settle(party);
}

void between_leave(uint32_t thread)
{
	struct between_party *party = between_any ? between_party(thread) : NULL;

	if (party)
		between_party_end(party, let_go);
}

bool between_give_up(uint32_t thread)
{
	struct between_party *party = between_any ? between_party(thread) : NULL;
	const struct between *between = party ? party->first : NULL;

	for (; between; between = between->next) {
		if (!is_first(between->maker))
			return false;
	}
	between_leave(thread);
	return true;
}

void between_stay(uint32_t thread)
{
	struct between_party *party = between_any ? between_party(thread) : NULL;

	if (party)
		between_party_end(party, forget);
}

/* Something else knows one of that thread's. */
static void exclude(uint32_t thread)
{
	struct thread *live = thread_of(thread);

	if (live)
		twins_exclude(live);
	else
		twins_forget_waiting(thread);
	between_leave(thread);
}

/* Whose it is, as far as that is known. */
static uint32_t owner_of(const struct between *between)
{
	if (between->party)
		return between->party->thread;
	return is_first(between->maker) ? 0 : between->maker;
}

static bool is_described(const struct between *between)
{
	return between->party && between->party->described;
}

/* It is not what it may have been. */
static void spoil(struct between *between)
{
	const uint32_t lock = between->lock, owner = owner_of(between);

	if (owner)
		exclude(owner);
	between = find(lock);
	if (between)
		let_go(between);
}

static bool may_have_twin(const struct thread *thread)
{
	return thread && !thread->twin.excluded && !thread->late;
}

bool between_begin(const struct lock *lock)
{
	const struct trace_lock *record = trace_at(lock->ref);
	struct between *between;

	if (!between_is_kind(lock) || (lock->kind == TRACE_LOCK_mutex && lock->full) ||
	    lock->ordering || lock->provisional || lock->in_module || lock->opens ||
	    !lock->created_by || record->flags & TRACE_LOCK_SHARED || known.used >= MOST_BETWEEN)
		return false;
	between = arena_alloc(sizeof(*between));
	if (!between || !address_map_put(&known, lock->ref, (uintptr_t)between)) {
		arena_free(between, sizeof(*between));
		return false;
	}
	__atomic_store_n(&between_any, true, __ATOMIC_RELAXED);
	between->lock = lock->ref;
	between->maker = lock->created_by;
	if (is_first(between->maker) ||
	    (may_have_twin(current_thread) && current_thread->ref == between->maker))
		return true;
	forget(between);
	return false;
}

void between_moved(uint32_t from, uint32_t to)
{
	struct between *between = between_any ? find(from) : NULL;
	const struct trace_lock *record = trace_at(to);

	if (!between)
		return;
	if (is_described(between)) {
		spoil(between);
		return;
	}
	if (record->kind == TRACE_LOCK_mutex && record->lives > 1) {
		forget_one(between);
		return;
	}
	address_map_remove(&known, from);
	between->lock = to;
	/* What it did moves, too: it is met again there. */
	between->moved = true;
	between->life_count = 0;
	if (address_map_put(&known, to, (uintptr_t)between))
		return;
	between_party_leave(between);
	arena_free(between, sizeof(*between));
}

/* It is one that its maker has for itself and its own creator. */
static bool give_to_maker(struct between *between)
{
	between->life_count = 0;
	return between_party_join(between, between->maker);
}

/* It is one that its maker has for a thread that it made. */
static bool give_to(struct between *between, uint32_t thread)
{
	if (!may_have_twin(thread_of(thread)))
		return false;
	if (!is_first(between->maker)) {
		struct thread *maker = thread_of(between->maker);

		if (!maker)
			return false;
		twins_exclude(maker);
	}
	return between_party_join(between, thread);
}

/* Whether that thread may take it, and the lock may be that of one of two threads only. */
static bool admits(struct between *between, uint32_t thread)
{
	const struct between_party *party = between->party;

	if (thread == between->maker)
		return true;
	if (party)
		return thread == party->thread || thread == party->creator;
	if (creator_of(thread) == between->maker)
		return give_to(between, thread);
	return creator_of(between->maker) == thread && give_to_maker(between);
}

/* False: that is more than one can be expected to do. */
static bool note(struct between *between, const struct trace_node *node, uint32_t epoch)
{
	for (uint32_t i = 0; i < between->life_count; i++) {
		if (between->life[i].node == trace_ref(node))
			return between->life[i].epoch == epoch;
	}
	if (between->life_count == BETWEEN_LIFE)
		return false;
	if (!between->life_count && current_thread)
		between->since = current_thread->met.next;
	between->life[between->life_count].node = trace_ref(node);
	between->life[between->life_count].epoch = epoch;
	between->life_count++;
	return true;
}

/* Several threads of the same creator have it: it is as any lock that this made for them. */
static bool is_for_several(const struct between *between, const struct trace_node *node)
{
	const struct between_party *party = between->party;

	return party && !between->dead && !party->described && !node->parent &&
	       is_first(between->maker) && party->creator == between->maker &&
	       party->thread != node->thread && creator_of(node->thread) == between->maker;
}

static void met(struct between *between, const struct trace_node *node, uint32_t epoch)
{
	if (is_for_several(between, node)) {
		forget_one(between);
		return;
	}
	if (between->dead || !admits(between, node->thread) ||
	    (node->parent && is_described(between))) {
		spoil(between);
		return;
	}
	if (between->party && between->party->thread == node->thread)
		return;
	/* Inside nothing, it matters by what is taken inside it. */
	if (!node->parent || note(between, node, epoch))
		return;
	if (between->party || is_first(between->maker) || !give_to_maker(between))
		spoil(between);
}

void between_met_slowly(const struct trace_node *node, uint32_t epoch)
{
	for (const struct trace_node *at = node; at; at = trace_at(at->parent)) {
		struct between *between = find(at->lock);

		if (between)
			met(between, node, epoch);
	}
}

void between_named_slowly(uint32_t thread, const struct trace_node *node)
{
	for (; node; node = trace_at(node->parent)) {
		struct between *between = find(node->lock);

		if (!between || (owner_of(between) == thread && thread &&
				 (between->party || give_to_maker(between))))
			continue;
		spoil(between);
	}
}

void between_named_lock(uint32_t lock)
{
	struct between *between = between_any ? find(lock) : NULL;

	if (between)
		spoil(between);
}

void between_tried(const struct trace_node *node, uint32_t trial)
{
	struct between *between = between_any ? find(node->lock) : NULL;

	if (!between)
		return;
	for (uint32_t i = 0; i < between->tried_count; i++) {
		if (between->tried[i] == trial)
			return;
	}
	if (between->tried_count == BETWEEN_TRIED || is_described(between))
		spoil(between);
	else
		between->tried[between->tried_count++] = trial;
}

bool between_has(uint32_t lock)
{
	return between_any && find(lock);
}

bool between_has_any(const struct trace_node *node)
{
	for (; between_any && node; node = trace_at(node->parent)) {
		if (find(node->lock))
			return true;
	}
	return false;
}

bool between_is_of(uint32_t thread, const struct trace_node *node)
{
	bool any = false;

	for (; between_any && node; node = trace_at(node->parent)) {
		const struct between *between = find(node->lock);

		if (between && (!between->party || between->party->thread != thread))
			return false;
		any |= between != NULL;
	}
	return any;
}

void between_made(uint32_t lock)
{
	struct between *between = between_any && lock ? find(lock) : NULL;

	if (between && !between->party)
		give_to_maker(between);
}

/* Whether its record is that of others at the place, too, which tell the thread from no other.
 * False: it is one that names the thread. */
static bool leave_pooled(struct between *between)
{
	const struct trace_lock *record = trace_at(between->lock);
	const struct lock *lock = locks_find((void *)(uintptr_t)record->address);

	if (between->dead || !lock || lock->ref != between->lock || lock->lives <= 1)
		return true;
	if (between->maker == between->party->thread)
		return false;
	forget(between);
	return true;
}

/* False: one of its names it. */
static bool leave_all_pooled(struct between_party *party)
{
	bool none = true;

	for (struct between *at = party->first, *next; at; at = next) {
		next = at->next;
		none &= leave_pooled(at);
	}
	return none;
}

bool between_detached(uint32_t thread)
{
	struct between_party *party = between_any ? between_party(thread) : NULL;

	if (!party)
		return true;
	leave_all_pooled(party);
	if (party->count)
		return false;
	between_party_end(party, forget);
	return true;
}

bool between_joined(struct thread *self, struct ended *ended)
{
	struct between_party *party = between_any ? between_party(ended->thread) : NULL;

	if (!party)
		return true;
	if (!leave_all_pooled(party))
		return false;
	if (!party->count) {
		between_party_end(party, forget);
		return true;
	}
	party->described = between_describe(self, ended);
	return party->described;
}

/* Whether the thread may yet be another one's twin. */
static bool may_be_twin(const struct between_party *party)
{
	const struct thread *live = thread_of(party->thread);

	if (party->count > BETWEEN_LOCKS)
		return false;
	return live ? may_have_twin(live) : ended_awaited(party->thread) != NULL;
}

bool between_end(const struct lock *lock)
{
	struct between *between = between_any && lock->ref ? find(lock->ref) : NULL;
	struct between_party *party;

	if (!between)
		return false;
	nesting_collect();
	if (!between->party && lock->lives == 1 && !is_first(between->maker))
		give_to_maker(between);
	party = between->party;
	if (!party || lock->lives > 1) {
		forget_one(between);
		return false;
	}
	if (lock->ordering || lock->counted || labels_has(lock->address) ||
	    (between->moved && lock->partial) || !may_be_twin(party)) {
		spoil(between);
		return false;
	}
	between->was = *lock;
	between->was.touched = NULL;
	between->dead = true;
	party->alive--;
	between_party_settle(party);
	return true;
}

void between_reset(void)
{
	address_map_free(&known);
	between_party_reset();
	between_clean_reset();
}
