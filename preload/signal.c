/*
 * The signal family: which handlers a program installs, and which signals its threads let in.
 *
 * A handler is installed as an entry, a function of ours that notes the signal frame and jumps to
 * it (handlers.h). What the calls report as the old handler is the program's own. Flags, masks and
 * restorers are the program's, untouched. An entry uses no stack of its own when the handler runs:
 * a handler's return address, its backtrace and the room on an alternate stack are as ever.
 *
 * Facts used of glibc (2.2.5 to 2.36): signal and its kin, sigset and sigignore do not call
 * sigaction through its symbol, siginterrupt keeps whatever handler there is. Of Linux: a handler
 * gets three arguments with SA_SIGINFO or without; on x86-64 the third one lies right above the
 * return address. Handlers installed through raw system calls, or before this library was there,
 * are not seen.
 */
#include "handlers.h"
#include "runtimes.h"

#include <signal.h>
#include <string.h>

typedef void handler_function(int number, siginfo_t *info, void *context);

/*
 * Noted first, then a jump (a sibling call, to which the compiler is held by what the frame of a
 * handler looks like in tests/scenarios/signal_frame.c).
 */
#define ENTRY(pair) \
	static void entry_##pair(int number, siginfo_t *info, void *context) \
	{ \
		((handler_function *)handlers_enter( \
			pair, number, info, context, (uintptr_t)__builtin_dwarf_cfa(), \
			__builtin_return_address(0)))(number, info, context); \
	}
#define TEN_TIMES(X, tens) \
	X(tens##0) \
	X(tens##1) \
	X(tens##2) X(tens##3) X(tens##4) X(tens##5) X(tens##6) X(tens##7) X(tens##8) X(tens##9)
#define ALL_PAIRS(X) \
	TEN_TIMES(X, ) \
	TEN_TIMES(X, 1) \
	TEN_TIMES(X, 2) TEN_TIMES(X, 3) TEN_TIMES(X, 4) TEN_TIMES(X, 5) X(60) X(61) X(62) X(63)

ALL_PAIRS(ENTRY)

#define ENTRY_NAME(pair) entry_##pair,
static handler_function *const entries[] = {ALL_PAIRS(ENTRY_NAME)};
_Static_assert(sizeof(entries) / sizeof(entries[0]) == HANDLER_PAIRS, "an entry for each pair");

/* The pair whose entry that is. */
static int pair_of(sighandler_t installed)
{
	for (int pair = 0; pair < HANDLER_PAIRS; pair++) {
		if ((uintptr_t)entries[pair] == (uintptr_t)installed)
			return pair;
	}
	return HANDLER_NONE;
}

/* What the program installed, in place of the entry that the kernel knows. */
static sighandler_t own_handler(sighandler_t installed)
{
	int pair = pair_of(installed);

	return pair == HANDLER_NONE ? installed : (sighandler_t)handlers_function(pair);
}

static bool is_function(sighandler_t handler)
{
	return handler != SIG_DFL && handler != SIG_IGN && handler != SIG_ERR &&
	       handler != SIG_HOLD;
}

/* A change of one signal's action. */
struct change {
	int number;
	struct handler_installed before;
	sighandler_t handler; /* what to install in place of the program's */
};

/*
 * Told before it is done: a handler that is called at once is to find it so. (The program may
 * install an entry itself, when it has asked the kernel for what is there.)
 */
static struct change change_begin(int number, sighandler_t handler, int flags, const void *site)
{
	struct change change = {.number = number, .handler = handler};
	struct handler_installed now = {
		.pair = HANDLER_NONE,
		.once = flags & SA_RESETHAND,
		.informed = flags & SA_SIGINFO,
		.handler = is_function(handler),
		.runtime = runtimes_install(number, site),
	};

	if (number < 1 || number >= HANDLER_SIGNALS)
		return change;
	if (is_function(handler))
		now.pair = (int8_t)handlers_pair(number, (uintptr_t)own_handler(handler));
	if (now.pair != HANDLER_NONE)
		change.handler = (sighandler_t)(uintptr_t)entries[now.pair];
	now.entry = (uintptr_t)change.handler;
	change.before = handlers_install(number, now);
	return change;
}

static void change_end(const struct change *change, bool done)
{
	if (change->number < 1 || change->number >= HANDLER_SIGNALS)
		return;
	if (!done)
		handlers_install(change->number, change->before);
	else if (is_function(change->handler))
		handlers_installed(current_thread, change->number, change->before);
}

#define CHANGE_ACTION(number_, action_, old_, real) \
	do { \
		struct sigaction copy; \
		struct change change; \
		int result; \
		if (!(action_)) { \
			result = real(number_, NULL, old_); \
		} else { \
			copy = *(action_); \
			change = change_begin(number_, copy.sa_handler, copy.sa_flags, CALL_SITE); \
			copy.sa_handler = change.handler; \
			result = real(number_, &copy, old_); \
			change_end(&change, result == 0); \
		} \
		if (result == 0 && (old_)) \
			(old_)->sa_handler = own_handler((old_)->sa_handler); \
		return result; \
	} while (0)

INTERPOSE(sigaction)
int sigaction(int number, const struct sigaction *action, struct sigaction *old)
{
	CHANGE_ACTION(number, action, old, REAL(sigaction));
}

extern __typeof__(sigaction) __sigaction;
INTERPOSE(__sigaction)
int __sigaction(int number, const struct sigaction *action, struct sigaction *old)
{
	CHANGE_ACTION(number, action, old, REAL(__sigaction));
}

#define CHANGE_HANDLER(number_, handler_, flags, real) \
	do { \
		struct change change = change_begin(number_, handler_, flags, CALL_SITE); \
		sighandler_t old = real(number_, change.handler); \
		change_end(&change, old != SIG_ERR); \
		return own_handler(old); \
	} while (0)

INTERPOSE(signal)
sighandler_t signal(int number, sighandler_t handler)
{
	CHANGE_HANDLER(number, handler, 0, REAL(signal));
}

extern __typeof__(signal) bsd_signal;
INTERPOSE(bsd_signal)
sighandler_t bsd_signal(int number, sighandler_t handler)
{
	CHANGE_HANDLER(number, handler, 0, REAL(bsd_signal));
}

INTERPOSE(ssignal)
sighandler_t ssignal(int number, sighandler_t handler)
{
	CHANGE_HANDLER(number, handler, 0, REAL(ssignal));
}

INTERPOSE(sysv_signal)
sighandler_t sysv_signal(int number, sighandler_t handler)
{
	CHANGE_HANDLER(number, handler, SA_RESETHAND, REAL(sysv_signal));
}

INTERPOSE(__sysv_signal)
sighandler_t __sysv_signal(int number, sighandler_t handler)
{
	CHANGE_HANDLER(number, handler, SA_RESETHAND, REAL(__sysv_signal));
}

/* Deprecated by POSIX, and used. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"

/* With SIG_HOLD it leaves the handler as it is and blocks the signal; else it opens it. */
INTERPOSE(sigset)
sighandler_t sigset(int number, sighandler_t handler)
{
	struct change change;
	sighandler_t old;

	if (handler == SIG_HOLD)
		return own_handler(REAL(sigset)(number, handler));
	change = change_begin(number, handler, 0, CALL_SITE);
	old = REAL(sigset)(number, change.handler);
	change_end(&change, old != SIG_ERR);
	if (old == SIG_HOLD)
		handlers_masked(UINT64_C(1) << (number - 1), 0);
	return own_handler(old);
}

INTERPOSE(sigignore)
int sigignore(int number)
{
	struct change change = change_begin(number, SIG_IGN, 0, CALL_SITE);
	int result = REAL(sigignore)(number);

	change_end(&change, result == 0);
	return result;
}

INTERPOSE(sigrelse)
int sigrelse(int number)
{
	int result = REAL(sigrelse)(number);

	if (result == 0)
		handlers_masked(UINT64_C(1) << (number - 1), 0);
	return result;
}

/* Of BSD; it has the first 32 signals only. */
INTERPOSE(sigsetmask)
int sigsetmask(int mask)
{
	int before = REAL(sigsetmask)(mask);

	handlers_masked((uint32_t)before, (uint32_t)mask);
	return before;
}

#pragma GCC diagnostic pop

static uint64_t first_word(const sigset_t *set)
{
	uint64_t word;

	memcpy(&word, set, sizeof(word));
	return word;
}

int signals_change_mask(int (*real)(int how, const sigset_t *set, sigset_t *old), int how,
			const sigset_t *set, sigset_t *old)
{
	uint64_t given, before;
	sigset_t unwanted;
	int result;

	if (!handlers_any || !set)
		return real(how, set, old);
	given = first_word(set); /* may be *old */
	result = real(how, set, old ? old : &unwanted);
	if (result)
		return result;
	before = first_word(old ? old : &unwanted);
	if (how == SIG_UNBLOCK)
		handlers_masked(before, before & ~given);
	else if (how == SIG_SETMASK)
		handlers_masked(before, given);
	return 0;
}

INTERPOSE(pthread_sigmask)
int pthread_sigmask(int how, const sigset_t *set, sigset_t *old)
{
	return signals_change_mask(&REAL(pthread_sigmask), how, set, old);
}
