/* Owns what is known of the program's signal handlers: which are installed, and entered by whom. */
#include "handlers.h"

#include <signal.h>
#include <ucontext.h>

enum {
	RESTORERS = 4,
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
static uint64_t handled;		      /* the signals that have a handler which is seen */
static uint64_t caught;			      /* those that have any */
static uint64_t by_runtimes;		      /* those of them that have a runtime's own */
static struct trace_handlers *written;	      /* that says so; NULL: not written */
static struct trace_runtime *written_runtime; /* the same */
static uint64_t restorers[RESTORERS];
bool handlers_any;

/* Handlers entered by threads that are not registered, newest last. Stacks tell them apart. */
static struct handler_frame strangers[THREAD_HANDLERS];
static uint32_t stranger_count;

uintptr_t handlers_function(int pair)
{
	return pairs[pair] & ((UINT64_C(1) << KEY_SIGNAL_SHIFT) - 1);
}

int handlers_signal(int pair)
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

static void set_bit(uint64_t *word, uint64_t bit, bool on)
{
	if (on)
		__atomic_fetch_or(word, bit, __ATOMIC_RELAXED);
	else
		__atomic_fetch_and(word, ~bit, __ATOMIC_RELAXED);
}

/* A handler may interrupt this anywhere: what is written last is what holds. */
static void note_caught(uint64_t bit, const struct handler_installed *now)
{
	set_bit(&by_runtimes, bit, now->handler && now->runtime);
	set_bit(&caught, bit, now->handler);
	if (recorder_state != RECORDER_ON)
		return;
	if (written_runtime)
		__atomic_store_n(&written_runtime->signals, by_runtimes, __ATOMIC_RELAXED);
	if (written)
		__atomic_store_n(&written->signals, caught, __ATOMIC_RELAXED);
}

static void write_runtime(void)
{
	if (written_runtime || !by_runtimes)
		return;
	written_runtime =
		trace_alloc(&recorder_cursor, TRACE_TYPE_runtime, sizeof(*written_runtime));
	if (!written_runtime)
		return;
	written_runtime->signals = by_runtimes;
	trace_commit(&recorder_cursor, written_runtime);
}

void handlers_write(void)
{
	write_runtime();
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
	return now->pair != HANDLER_NONE && number < __SIGRTMIN && !(signal_bit(number) & stops);
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
	note_caught(bit, &now);
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

static bool is_alternate(const ucontext_t *context, uintptr_t frame)
{
	const stack_t *stack = &context->uc_stack;

	return frame - (uintptr_t)stack->ss_sp < stack->ss_size;
}

static bool puts_off(struct thread *self, int number, void *info, void *context)
{
	const struct handler_installed *now = &installed[number];

	return slow_puts_off(self, &(struct slow_signal){
					   .number = number,
					   .info = now->informed ? info : NULL,
					   .context = context,
					   .again = now->once ? now->entry : 0,
				   });
}

uintptr_t handlers_enter(int pair, int number, void *info, void *context, uintptr_t frame,
			 const void *restorer)
{
	bool known = number > 0 && number < HANDLER_SIGNALS;
	struct thread *self = current_thread;
	struct handler_frame *noted;

	if (!from_kernel(context, frame))
		return handlers_function(pair);
	if (self && known && puts_off(self, number, info, context))
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
	noted->alternate = is_alternate(context, frame);
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

int handlers_entered(const struct thread *self, uint64_t at)
{
	int pair = find_frame(self->handlers, self->handler_count, at);

	return pair == HANDLER_UNKNOWN ? find_frame(strangers, stranger_count, at) : pair;
}

int handlers_current(int number)
{
	return installed[number].pair;
}

uint64_t handlers_open(uint64_t blocked)
{
	uint64_t open = 0;

	for (uint64_t left = handled & ~blocked; left; left &= left - 1) {
		int pair = installed[__builtin_ctzll(left) + 1].pair;

		if (pair != HANDLER_NONE)
			open |= UINT64_C(1) << pair;
	}
	return open;
}

void handlers_unwritten(void)
{
	written = NULL;
	written_runtime = NULL;
}
