/*
 * The program's signal handlers: which are installed, which one a thread is in, and which locks
 * they take that are also held where the signal can arrive (rule signal-lock).
 *
 * A pair is a signal and a handler function, numbered. The program's handlers are installed as
 * entries (signal.c), one for each pair, so that the kernel stays the only one to know what is
 * installed. An entry notes where the signal frame lies and jumps to the handler: it is not on the
 * stack when the handler runs, and need not be told when it is left, be it through siglongjmp.
 * Whether a thread is in a handler is seen by walking its stack (stacks.h), at the times when a
 * situation is looked at anyway.
 *
 * A situation is looked at when it is new; again after the thread's next create or join, after the
 * thread has opened a signal or a handler was installed (the first, second, fourth, eighth … time
 * that this happens), and when a handler first takes that lock. So a lock that is taken at one
 * place a thousand times with the signal blocked and once without may go unnoticed.
 */
#ifndef GORDIAN_HANDLERS_H
#define GORDIAN_HANDLERS_H

#include "tree.h"

#include <signal.h>

enum {
	HANDLER_PAIRS = 64,   /* handlers beyond are installed as they are, unseen */
	HANDLER_SIGNALS = 65, /* 1 to 64 */
	HANDLER_NONE = -1,
	HANDLER_UNKNOWN = -2, /* of a signal that is not known */
};

/* What is installed for a signal. */
struct handler_installed {
	int8_t pair;	 /* HANDLER_NONE: nothing that is seen */
	bool once;	 /* SA_RESETHAND: gone when it is called */
	uintptr_t entry; /* what the kernel calls */
	bool informed;	 /* SA_SIGINFO: what it is given says more than the number */
	bool handler;	 /* a function, be it seen or not */
	bool runtime;	 /* that a language runtime installs as it starts (runtimes.h) */
};

/* A handler was installed through us at some time. */
extern bool handlers_any;

/* The pair's number, given now if need be; HANDLER_NONE: no room. Any time, any thread. */
int handlers_pair(int number, uintptr_t function);
/* The program's function of a pair, and its signal. */
uintptr_t handlers_function(int pair);
int handlers_signal(int pair);
/* The pair that a signal has now; HANDLER_NONE. */
int handlers_current(int number);
/* The pairs whose handlers may be called while those signals are blocked. */
uint64_t handlers_open(uint64_t blocked);
/* That of the handler which this thread entered last where a signal frame lies; HANDLER_UNKNOWN. */
int handlers_entered(const struct thread *self, uint64_t at);

/* Before it is done. Returns what was installed before. In a vfork child, whose actions are not
 * ours, does nothing. */
struct handler_installed handlers_install(int number, struct handler_installed now);
/* It is done: what is held, and what is known, is to be looked at. `self` may be NULL. */
void handlers_installed(struct thread *self, int number, struct handler_installed before);

/*
 * First thing in a handler, with what the kernel gave it. `frame` is the stack pointer above the
 * return address, `restorer`, which leads back to the kernel. Uses little stack and changes nothing
 * but notes. Returns the program's function, or when that is to be called later (slow.h), one that
 * does nothing.
 */
uintptr_t handlers_enter(int pair, int number, void *info, void *context, uintptr_t frame,
			 const void *restorer);
/* Whether a return address leads from a handler back to the kernel. */
bool handlers_restorer(uint64_t pc);

/* This thread's blocked signals changed, for good. Does nothing in a vfork child. */
void handlers_masked(uint64_t before, uint64_t after);

/* This thread will block just these for the time of a call. NULL: no change. */
void handlers_let_in(struct thread *self, const sigset_t *mask);

/* Looks at a situation: the thread took a lock at `stack`. In that bracket of its slow path. */
void handlers_look(struct thread *self, const struct acquire *acquire, uint32_t lock,
		   struct stack *stack, const struct slow *slow);
/*
 * The thread is about to wait for a lock. What a handler waits for while its own thread holds it,
 * it will never get, so it is told now. True: that is so.
 */
bool handlers_before_wait(struct thread *self, const struct acquire *acquire);

/* A new trace: all references are void. */
void handlers_reset_refs(void);
/* Writes which signals have handlers, if any has. Under the recorder's lock. */
void handlers_write(void);
/* The record lay in another trace. */
void handlers_unwritten(void);

/* sigprocmask and pthread_sigmask (signal.c). */
int signals_change_mask(int (*real)(int how, const sigset_t *set, sigset_t *old), int how,
			const sigset_t *set, sigset_t *old);

#endif
