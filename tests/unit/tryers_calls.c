/*
 * Owns the tryers whose calls decide: the try, the wait, or what is between them is in functions
 * that they call or jump to, or that call them.
 */
#include "compiled.h"
#include "tryers.h"
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

static APART void count_refusal(struct desk *desk)
{
	desk->refusals++;
	barrier();
}

static APART void give_back(struct desk *desk)
{
	pthread_mutex_unlock(&desk->held);
	barrier();
}

static void calls_between(struct desk *desk)
{
	if (pthread_mutex_trylock(&desk->lock)) {
		count_refusal(desk);
		usleep(1);
		pthread_mutex_lock(&desk->lock);
	}
	barrier();
}

static void gives_back_between(struct desk *desk)
{
	if (pthread_mutex_trylock(&desk->lock)) {
		give_back(desk);
		pthread_mutex_lock(&desk->lock);
	}
	barrier();
}

static void (*volatile on_refusal)(struct desk *desk) = count_refusal;

static void calls_unknown(struct desk *desk)
{
	if (pthread_mutex_trylock(&desk->lock)) {
		on_refusal(desk);
		pthread_mutex_lock(&desk->lock);
	}
	barrier();
}

static APART int try_it(struct desk *desk)
{
	int result = pthread_mutex_trylock(&desk->lock);
	barrier();
	return result;
}

static APART bool got_it(struct desk *desk)
{
	bool got = !pthread_mutex_trylock(&desk->lock);
	barrier();
	return got;
}

static APART void take_it(struct desk *desk)
{
	pthread_mutex_lock(&desk->lock);
	barrier();
}

static APART void take_other(struct desk *desk)
{
	pthread_mutex_lock(&desk->other);
	barrier();
}

static void wrapped_try(struct desk *desk)
{
	if (try_it(desk))
		pthread_mutex_lock(&desk->lock);
	barrier();
}

static void wrapped(struct desk *desk)
{
	if (!got_it(desk))
		take_it(desk);
	barrier();
}

static void wrapped_other(struct desk *desk)
{
	if (!got_it(desk))
		take_other(desk);
	barrier();
}

static void wrapped_success(struct desk *desk)
{
	if (got_it(desk))
		take_it(desk);
	barrier();
}

static void wrapped_back_off(struct desk *desk)
{
	if (!got_it(desk)) {
		give_back(desk);
		take_it(desk);
	}
	barrier();
}

/* As allocators do: a slow path that tries again now and then, and waits in the end. */
static APART void take_slowly(struct desk *desk)
{
	for (int i = 0; i < 250; i++) {
		__asm__ volatile("pause");
		if (!desk->stopped && got_it(desk)) {
			desk->refusals++;
			return;
		}
	}
	if (got_it(desk))
		return;
	pthread_mutex_lock(&desk->lock);
	desk->refusals += 2;
}

static void adaptive(struct desk *desk)
{
	if (!got_it(desk)) {
		take_slowly(desk);
		desk->locked = true;
	}
	barrier();
}

static APART int acquire(struct desk *desk, bool blocking)
{
	if (pthread_mutex_trylock(&desk->lock) == 0)
		return 0;
	if (!blocking)
		return EBUSY;
	return pthread_mutex_lock(&desk->lock);
}

static void asks_not_to_wait(struct desk *desk)
{
	if (acquire(desk, false))
		desk->refusals++;
	barrier();
}

static APART long acquire_as(struct desk *desk, long blocking)
{
	if (pthread_mutex_trylock(&desk->lock) == 0)
		return 0;
	barrier();
	if (!blocking)
		return EBUSY;
	pthread_mutex_lock(&desk->lock);
	return 0;
}

static void says_to_wait(struct desk *desk)
{
	if (acquire_as(desk, 1))
		desk->refusals++;
	barrier();
}

static void says_not_to_wait(struct desk *desk)
{
	if (acquire_as(desk, 0))
		desk->refusals++;
	barrier();
}

static void may_say_to_wait(struct desk *desk)
{
	if (acquire_as(desk, !desk->stopped))
		desk->refusals++;
	barrier();
}

static void of_found_wrapped(struct desk *desk)
{
	struct desk *found = find_desk(desk);
	if (!got_it(found))
		take_slowly(found);
	found->locked = true;
	barrier();
}

static APART int jump_to_try(struct desk *desk)
{
	return pthread_mutex_trylock(&desk->lock);
}

static void jumped(struct desk *desk)
{
	if (jump_to_try(desk))
		take_it(desk);
	barrier();
}

static void jumped_other(struct desk *desk)
{
	if (jump_to_try(desk))
		take_other(desk);
	barrier();
}

static void jumped_back_off(struct desk *desk)
{
	if (jump_to_try(desk)) {
		give_back(desk);
		take_it(desk);
	}
	barrier();
}

static void jumped_abort(struct desk *desk)
{
	if (jump_to_try(desk))
		abort();
	barrier();
}

static void of_found_jumped(struct desk *desk)
{
	struct desk *found = find_desk(desk);
	if (jump_to_try(found)) {
		found->refusals++;
		take_it(found);
	}
	barrier();
}

/* Code that was not optimised keeps arguments in memory. */
#ifdef __OPTIMIZE__
#define TELLS true
#else
#define TELLS false
#endif

const struct tryer call_tryers[] = {
	{"calls_between", calls_between, true, NULL},
	{"gives_back_between", gives_back_between, false, NULL},
	{"calls_unknown", calls_unknown, false, NULL},
	{"wrapped_try", wrapped_try, true, NULL},
	{"wrapped", wrapped, true, NULL},
	{"wrapped_other", wrapped_other, false, NULL},
	{"wrapped_success", wrapped_success, false, NULL},
	{"wrapped_back_off", wrapped_back_off, false, NULL},
	{"adaptive", adaptive, true, NULL},
	{"asks_not_to_wait", asks_not_to_wait, false, NULL},
	{"says_to_wait", says_to_wait, TELLS, NULL},
	{"says_not_to_wait", says_not_to_wait, false, NULL},
	{"may_say_to_wait", may_say_to_wait, false, NULL},
	{"of_found_wrapped", of_found_wrapped, true, NULL},
	{"jumped", jumped, true, NULL},
	{"jumped_other", jumped_other, false, NULL},
	{"jumped_back_off", jumped_back_off, false, NULL},
	{"jumped_abort", jumped_abort, false, NULL},
	{"of_found_jumped", of_found_jumped, true, NULL},
	{0},
};
