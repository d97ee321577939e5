/* Owns what is known of the locks that the program's signal handlers take. */
#include "handlers.h"

#include "misuse.h"
#include "stacks.h"
#include "twins.h"

#include <signal.h>
#include <string.h>

enum {
	HANDLER_USES = 1024,
	OUTSIDE_USES = 1 << 14,
};

static uint32_t installations;

/* A place where a lock was taken. */
struct use {
	uint32_t lock;	  /* lock reference; 0: free */
	uint32_t lives;	  /* of its record then: */
	uint64_t address; /* another lock may get the record (pool.h) */
	uint32_t stack;
	uint32_t thread;
	uint16_t op;
	bool shared; /* two of these may hold the lock together */
};

static bool same_lock(const struct use *a, const struct use *b)
{
	return a->lock == b->lock && a->lives == b->lives && a->address == b->address;
}

/* A lock that a handler takes, and waits for. */
struct handler_use {
	struct use use;
	int8_t pair;
	bool reported;
};

/*
 * Locks taken while handlers could be called, two places for each: a newer lock takes the place of
 * an older one.
 */
struct outside_use {
	struct use use;
	uint64_t open; /* pairs */
};

static struct handler_use handler_uses[HANDLER_USES];
static uint32_t handler_use_count;
static struct outside_use outside_uses[OUTSIDE_USES];
static bool outside_any; /* else that table was never touched, and need not be */

static const uint8_t op_flags[] = {
#define O(code, name, function, kind, flags) [code] = flags,
	TRACE_OPS(O)
#undef O
};

/* The handler that a stack begins with. */
static int pair_of(const struct thread *self, struct stack *stack, const void *frame)
{
	if (!stack || !(stack->flags & TRACE_STACK_HANDLER))
		return HANDLER_NONE;
	return handlers_entered(self, stacks_handler_frame(stack, frame));
}

/*
 * A thread gets these from what it does itself. Whether it does that while it holds a lock that the
 * handler takes cannot be told.
 */
static bool synchronous(int number)
{
	return number == SIGSEGV || number == SIGBUS || number == SIGFPE || number == SIGILL ||
	       number == SIGTRAP || number == SIGSYS;
}

/* Whether a thread that holds it would wait for itself. */
static bool excludes_itself(const struct trace_lock *lock)
{
	if (lock->flags & (TRACE_LOCK_RECURSIVE | TRACE_LOCK_ERRORCHECK))
		return false;
	return lock->kind == TRACE_LOCK_mutex || lock->kind == TRACE_LOCK_rwlock ||
	       lock->kind == TRACE_LOCK_spin || lock->kind == TRACE_LOCK_custom;
}

static struct outside_use *outside_place(uint32_t lock)
{
	return &outside_uses[lock * LOCK_HASH_FACTOR >> 50 & (OUTSIDE_USES - 2)];
}
_Static_assert(OUTSIDE_USES == 1 << 14, "the hash above");

static void add_outside(const struct use *use, uint64_t open)
{
	struct outside_use *place = outside_place(use->lock), *victim = place;

	for (unsigned i = 0; i < 2; i++) {
		bool same = same_lock(&place[i].use, use) && place[i].use.shared == use->shared;

		if (same && !(open & ~place[i].open))
			return;
		if (!place[i].use.lock || (same && !(place[i].open & ~open)))
			victim = &place[i];
		else if (!same_lock(&place[i].use, use) && same_lock(&victim->use, use))
			victim = &place[i];
	}
	outside_any = true;
	victim->use = *use;
	victim->open = open;
}

/* Where the lock was taken while that handler could be called; NULL: nowhere. */
static const struct use *find_outside(const struct handler_use *handler)
{
	struct outside_use *place = outside_place(handler->use.lock);

	for (unsigned i = 0; i < 2; i++) {
		if (same_lock(&place[i].use, &handler->use) && place[i].open >> handler->pair & 1 &&
		    !(place[i].use.shared && handler->use.shared))
			return &place[i].use;
	}
	return NULL;
}

static struct handler_use *handler_place(uint32_t lock)
{
	return &handler_uses[lock * LOCK_HASH_FACTOR >> 54 & (HANDLER_USES - 1)];
}
_Static_assert(HANDLER_USES == 1 << 10, "the hash above");

static struct handler_use *next_place(struct handler_use *place)
{
	return place == &handler_uses[HANDLER_USES - 1] ? handler_uses : place + 1;
}

/* The handlers' use of the lock. When there is no room, all others are forgotten. */
static struct handler_use *add_handler(const struct use *use, int pair)
{
	struct handler_use *place = handler_place(use->lock);

	for (; place->use.lock; place = next_place(place)) {
		if (same_lock(&place->use, use) && place->use.shared == use->shared &&
		    place->pair == pair)
			return place;
	}
	if (handler_use_count >= HANDLER_USES * 3 / 4) {
		memset(handler_uses, 0, sizeof(handler_uses));
		handler_use_count = 0;
		place = handler_place(use->lock);
	}
	handler_use_count++;
	place->use = *use;
	place->pair = (int8_t)pair;
	/* Those who take it outside are to be seen from now on. */
	locks_forget_key((void *)(uintptr_t)use->address);
	return place;
}

/* A handler's use of a lock that is taken where these handlers can be called; NULL: none. */
static struct handler_use *find_handler(const struct use *use, uint64_t open)
{
	struct handler_use *place = handler_place(use->lock);

	for (; place->use.lock; place = next_place(place)) {
		if (same_lock(&place->use, use) && open >> place->pair & 1 && !place->reported &&
		    !(place->use.shared && use->shared))
			return place;
	}
	return NULL;
}

static void report(struct thread *self, struct handler_use *handler, const struct use *outside)
{
	const struct trace_lock *lock = trace_at(handler->use.lock);
	const struct misuse misuse = {
		.rule = TRACE_MISUSE_signal_lock,
		.act = handler->use.op,
		.lock = (void *)(uintptr_t)lock->address,
		.lock_ref = handler->use.lock,
		.thread = handler->use.thread,
		.stack = handler->use.stack,
		.other_act = outside->op,
		.other_thread = outside->thread,
		.other_stack = outside->stack,
		.value = (uint64_t)handlers_signal(handler->pair),
	};

	handler->reported = true;
	misuse_record(self, &misuse);
}

/* The lock is taken where handlers can be called. */
static void note_outside(struct thread *self, const struct use *use, uint64_t open)
{
	struct handler_use *handler;

	twins_exclude(self);
	add_outside(use, open);
	handler = find_handler(use, open);
	if (handler)
		report(self, handler, use);
}

/* A handler takes the lock. */
static void note_inside(struct thread *self, const struct use *use, int pair)
{
	struct handler_use *handler = add_handler(use, pair);
	const struct use *outside = find_outside(handler);

	twins_exclude(self);
	if (outside && !handler->reported)
		report(self, handler, outside);
}

static struct use use_of(const struct thread *self, uint32_t lock, uint32_t stack, uint16_t op)
{
	const struct trace_lock *record = trace_at(lock);

	return (struct use){
		.lock = lock,
		.lives = record->lives,
		.address = record->address,
		.stack = stack,
		.thread = self->ref,
		.op = op,
		.shared = op_flags[op] & TRACE_OP_SHARED &&
			  !(record->flags & TRACE_LOCK_WRITER_FIRST),
	};
}

/* Whether what is outside is known already, whatever the thread has blocked, and no handler wants
 * it. */
static bool is_noted(const struct use *use)
{
	const struct outside_use *place = outside_place(use->lock);
	uint64_t most = handlers_open(0);

	for (unsigned i = 0; i < 2; i++) {
		if (same_lock(&place[i].use, use) && place[i].use.shared == use->shared &&
		    !(most & ~place[i].open))
			return !find_handler(use, most);
	}
	return false;
}

void handlers_look(struct thread *self, const struct acquire *acquire, uint32_t lock,
		   struct stack *stack, const struct slow *slow)
{
	struct use use;
	uint64_t open;
	int pair;

	if (!excludes_itself(trace_at(lock)))
		return;
	use = use_of(self, lock, stacks_ref(stack), acquire->op);
	if (!is_noted(&use)) {
		open = handlers_open(slow_signals(slow));
		if (open)
			note_outside(self, &use, open);
	}
	if (op_flags[acquire->op] & (TRACE_OP_TRY | TRACE_OP_TIMED))
		return;
	pair = pair_of(self, stack, acquire->frame);
	if (pair >= 0 && !synchronous(handlers_signal(pair)))
		note_inside(self, &use, pair);
}

/* What the thread holds is held where these handlers can be called. */
static void look_at_held(struct thread *self, uint64_t open)
{
	struct slow slow;
	struct use use;

	slow_begin(&slow, self);
	for (uint32_t i = 0; i < thread_depth(self); i++) {
		const struct trace_node *node = trace_at(self->entries[i].node);

		if (!node || !excludes_itself(trace_at(node->lock)))
			continue;
		use = use_of(self, node->lock, node->stack, node->op);
		note_outside(self, &use, open);
	}
	slow_end(&slow);
}

/* The first, second, fourth, eighth … time. */
static bool seldom(uint32_t count)
{
	return (count & (count - 1)) == 0;
}

void handlers_masked(uint64_t before, uint64_t after)
{
	struct thread *self = current_thread;
	uint64_t open = handlers_open(~(before & ~after));

	if (!open || !self || self->busy || recorder_in_vfork_child())
		return;
	if (seldom(++self->openings))
		tree_next_epoch(self);
	if (thread_depth(self))
		look_at_held(self, open);
}

void handlers_let_in(struct thread *self, const sigset_t *mask)
{
	uint64_t blocked, open;

	if (!handlers_any || !mask || self->busy || recorder_in_vfork_child())
		return;
	memcpy(&blocked, mask, sizeof(blocked));
	open = handlers_open(blocked);
	if (open)
		look_at_held(self, open);
}

void handlers_installed(struct thread *self, int number, struct handler_installed before)
{
	int pair = handlers_current(number);
	struct slow slow;
	uint64_t open;

	if (self && !self->busy && !recorder_in_vfork_child()) {
		slow_begin(&slow, self);
		handlers_write();
		slow_end(&slow);
	}
	if (pair == before.pair)
		return;
	if (seldom(__atomic_add_fetch(&installations, 1, __ATOMIC_RELAXED)))
		locks_forget_keys();
	if (!self || self->busy || !thread_depth(self))
		return;
	open = handlers_open(sys_blocked_signals()) & UINT64_C(1) << pair;
	if (open)
		look_at_held(self, open);
}

/* Perhaps in the one that wants it again. */
static bool taken_in_handler(const struct trace_node *node)
{
	const struct trace_stack *stack = trace_at(node->stack);

	return stack && stack->flags & TRACE_STACK_HANDLER;
}

/* The lock as this thread holds it; NULL: it does not. */
static const struct trace_node *held_node(const struct thread *self, const void *lock)
{
	for (uint32_t i = thread_depth(self); i-- > 0;) {
		if (self->entries[i].lock == (uintptr_t)lock)
			return trace_at(self->entries[i].node);
	}
	return NULL;
}

bool handlers_before_wait(struct thread *self, const struct acquire *acquire)
{
	const struct trace_node *node = held_node(self, acquire->lock);
	const struct use *outside = NULL;
	struct handler_use *handler = NULL;
	struct use inside, held;
	struct stack *stack;
	struct slow slow;
	int pair;

	if (!node || op_flags[acquire->op] & TRACE_OP_TIMED ||
	    !excludes_itself(trace_at(node->lock)))
		return false;
	slow_begin(&slow, self);
	stack = stacks_at(self, acquire->site, acquire->frame);
	pair = pair_of(self, stack, acquire->frame);
	inside = use_of(self, node->lock, stacks_ref(stack), acquire->op);
	held = use_of(self, node->lock, node->stack, node->op);
	if (pair >= 0) {
		twins_exclude(self);
		handler = add_handler(&inside, pair);
	}
	if (handler)
		outside = taken_in_handler(node) ? find_outside(handler) : &held;
	if (outside && !handler->reported)
		report(self, handler, outside);
	slow_end(&slow);
	return outside;
}

void handlers_reset_refs(void)
{
	if (handler_use_count)
		memset(handler_uses, 0, sizeof(handler_uses));
	if (outside_any)
		memset(outside_uses, 0, sizeof(outside_uses));
	handler_use_count = 0;
	outside_any = false;
	handlers_unwritten();
}
