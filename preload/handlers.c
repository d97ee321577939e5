/* Owns what is known of the program's signal handlers, and of the locks they take. */
#include "handlers.h"

#include "misuse.h"
#include "stacks.h"

#include <signal.h>
#include <string.h>

enum {
	RESTORERS = 4,
	HANDLER_USES = 1024,
	OUTSIDE_USES = 1 << 14,
	KEY_SIGNAL_SHIFT = 57, /* user addresses end below, with five levels of page tables too */
};

/*
 * A pair's signal and function in one word, so that it is there at once; 0: free. Never changed:
 * an entry may run at any time.
 */
static uint64_t pairs[HANDLER_PAIRS];
static struct handler_installed installed[HANDLER_SIGNALS] = {
	[0 ... HANDLER_SIGNALS - 1] = {.pair = HANDLER_NONE},
};
static uint64_t handled;	       /* the signals that have a handler which is seen */
static uint64_t caught;		       /* those that have any */
static struct trace_handlers *written; /* that says so; NULL: not written */
static uint64_t restorers[RESTORERS];
static uint32_t installations;
bool handlers_any;

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

/* Handlers entered by threads that are not registered, newest last. Stacks tell them apart. */
static struct handler_frame strangers[THREAD_HANDLERS];
static uint32_t stranger_count;

static struct handler_use handler_uses[HANDLER_USES];
static uint32_t handler_use_count;
static struct outside_use outside_uses[OUTSIDE_USES];
static bool outside_any; /* else that table was never touched, and need not be */

static const uint8_t op_flags[] = {
#define O(code, name, function, kind, flags) [code] = flags,
	TRACE_OPS(O)
#undef O
};

uintptr_t handlers_function(int pair)
{
	return pairs[pair] & ((UINT64_C(1) << KEY_SIGNAL_SHIFT) - 1);
}

static int pair_signal(int pair)
{
	return (int)(pairs[pair] >> KEY_SIGNAL_SHIFT) + 1;
}

int handlers_pair(int number, uintptr_t function)
{
	uint64_t key = (uint64_t)(number - 1) << KEY_SIGNAL_SHIFT | function;

	for (int pair = 0; pair < HANDLER_PAIRS; pair++) {
		uint64_t there = 0;

		if (__atomic_compare_exchange_n(&pairs[pair], &there, key, false, __ATOMIC_RELAXED,
						__ATOMIC_RELAXED) ||
		    there == key)
			return pair;
	}
	return HANDLER_NONE;
}

/* A handler may interrupt this anywhere: what is written last is what holds. */
static void note_caught(uint64_t bit, bool handler)
{
	if (handler)
		__atomic_fetch_or(&caught, bit, __ATOMIC_RELAXED);
	else
		__atomic_fetch_and(&caught, ~bit, __ATOMIC_RELAXED);
	if (written && recorder_state == RECORDER_ON)
		__atomic_store_n(&written->signals, caught, __ATOMIC_RELAXED);
}

void handlers_write(void)
{
	if (!written && caught)
		written = trace_alloc(&recorder_cursor, TRACE_TYPE_handlers, sizeof(*written));
	else
		return;
	if (!written)
		return;
	written->signals = caught;
	trace_commit(&recorder_cursor, written);
}

static uint64_t signal_bit(int number)
{
	return UINT64_C(1) << (number - 1);
}

/* See slow.h. */
static bool may_put_off(int number, const struct handler_installed *now)
{
	const uint64_t stops = signal_bit(SIGCONT) | signal_bit(SIGTSTP) | signal_bit(SIGTTIN) |
			       signal_bit(SIGTTOU);

#if !defined(__x86_64__)
	return false;
#endif
	return now->pair != HANDLER_NONE && !now->once && number < __SIGRTMIN &&
	       !(signal_bit(number) & stops);
}

struct handler_installed handlers_install(int number, struct handler_installed now)
{
	struct handler_installed before = installed[number];
	uint64_t bit = signal_bit(number);

	if (recorder_in_vfork_child())
		return before;
	if (now.handler)
		slow_expect(may_put_off(number, &now) ? SLOW_HANDLERS : SLOW_INTERRUPTS);
	installed[number] = now;
	note_caught(bit, now.handler);
	if (now.pair == HANDLER_NONE) {
		__atomic_fetch_and(&handled, ~bit, __ATOMIC_RELAXED);
		return before;
	}
	__atomic_fetch_or(&handled, bit, __ATOMIC_RELAXED);
	handlers_any = true;
	return before;
}

static void note_restorer(uintptr_t pc)
{
	for (unsigned i = 0; i < RESTORERS; i++) {
		uint64_t there = 0;

		if (__atomic_load_n(&restorers[i], __ATOMIC_RELAXED) == pc ||
		    __atomic_compare_exchange_n(&restorers[i], &there, pc, false, __ATOMIC_RELAXED,
						__ATOMIC_RELAXED))
			return;
	}
}

bool handlers_restorer(uint64_t pc)
{
	for (unsigned i = 0; i < RESTORERS && restorers[i]; i++) {
		if (restorers[i] == pc)
			return true;
	}
	return false;
}

static void do_nothing(void)
{
}

/* Whether it is the kernel that calls the entry, and not the program. */
static bool from_kernel(const void *context, uintptr_t frame)
{
#if defined(__x86_64__)
	return (uintptr_t)context == frame;
#else
	(void)context;
	(void)frame;
	return true;
#endif
}

uintptr_t handlers_enter(int pair, int number, void *info, void *context, uintptr_t frame,
			 const void *restorer)
{
	bool known = number > 0 && number < HANDLER_SIGNALS;
	struct thread *self = current_thread;
	struct handler_frame *noted;

	if (!from_kernel(context, frame))
		return handlers_function(pair);
	if (self && known &&
	    slow_puts_off(self, number, installed[number].informed ? info : NULL, context))
		return (uintptr_t)&do_nothing;
	if (known && installed[number].once)
		installed[number].pair = HANDLER_NONE;
	note_restorer((uintptr_t)restorer);
	/* A handler that comes in between may use the same place, and is over when we go on. */
	if (self)
		noted = &self->handlers[self->handler_count++ % THREAD_HANDLERS];
	else
		noted = &strangers[__atomic_fetch_add(&stranger_count, 1, __ATOMIC_RELAXED) %
				   THREAD_HANDLERS];
	noted->frame = frame;
	noted->pair = (int8_t)pair;
	return handlers_function(pair);
}

/* The handler that was entered last where a signal frame lies. */
static int find_frame(const struct handler_frame *frames, uint32_t count, uint64_t at)
{
	for (uint32_t i = 1; i <= THREAD_HANDLERS; i++) {
		const struct handler_frame *noted = &frames[(count - i) % THREAD_HANDLERS];

		if (noted->frame == at)
			return noted->pair;
	}
	return HANDLER_UNKNOWN;
}

/* The handler that a stack begins with. */
static int pair_of(const struct thread *self, struct stack *stack, const void *frame)
{
	uint64_t at;
	int pair;

	if (!stack || !(stack->flags & TRACE_STACK_HANDLER))
		return HANDLER_NONE;
	at = stacks_handler_frame(stack, frame);
	pair = find_frame(self->handlers, self->handler_count, at);
	return pair == HANDLER_UNKNOWN ? find_frame(strangers, stranger_count, at) : pair;
}

/* The pairs whose handlers may be called while those signals are blocked. */
static uint64_t open_pairs(uint64_t blocked)
{
	uint64_t open = 0;

	for (uint64_t left = handled & ~blocked; left; left &= left - 1) {
		int pair = installed[__builtin_ctzll(left) + 1].pair;

		if (pair != HANDLER_NONE)
			open |= UINT64_C(1) << pair;
	}
	return open;
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
		.value = (uint64_t)pair_signal(handler->pair),
	};

	handler->reported = true;
	misuse_record(self, &misuse);
}

/* The lock is taken where handlers can be called. */
static void note_outside(struct thread *self, const struct use *use, uint64_t open)
{
	struct handler_use *handler;

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

void handlers_look(struct thread *self, const struct acquire *acquire, uint32_t lock,
		   struct stack *stack, uint64_t blocked)
{
	uint64_t open = open_pairs(blocked);
	struct use use;
	int pair;

	if (!excludes_itself(trace_at(lock)))
		return;
	use = use_of(self, lock, stacks_ref(stack), acquire->op);
	if (open)
		note_outside(self, &use, open);
	if (op_flags[acquire->op] & (TRACE_OP_TRY | TRACE_OP_TIMED))
		return;
	pair = pair_of(self, stack, acquire->frame);
	if (pair >= 0 && !synchronous(pair_signal(pair)))
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
	uint64_t opened = before & ~after & handled;

	if (!opened || !self || self->busy || recorder_in_vfork_child())
		return;
	if (seldom(++self->openings))
		tree_next_epoch(self);
	if (thread_depth(self))
		look_at_held(self, open_pairs(~opened));
}

void handlers_let_in(struct thread *self, const sigset_t *mask)
{
	uint64_t blocked, open;

	if (!handlers_any || !mask || self->busy || recorder_in_vfork_child())
		return;
	memcpy(&blocked, mask, sizeof(blocked));
	open = open_pairs(blocked);
	if (open)
		look_at_held(self, open);
}

void handlers_installed(struct thread *self, int number, struct handler_installed before)
{
	struct slow slow;
	uint64_t open;

	if (unlikely(!written) && self && !self->busy && !recorder_in_vfork_child()) {
		slow_begin(&slow, self);
		handlers_write();
		slow_end(&slow);
	}
	if (installed[number].pair == before.pair)
		return;
	if (seldom(__atomic_add_fetch(&installations, 1, __ATOMIC_RELAXED)))
		locks_forget_keys();
	if (!self || self->busy || !thread_depth(self))
		return;
	open = open_pairs(sys_blocked_signals()) & UINT64_C(1) << installed[number].pair;
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
	if (pair >= 0)
		handler = add_handler(&inside, pair);
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
	written = NULL;
}
