/* Never called. */
#include "makers.h"
#include <sched.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#define NOINLINE __attribute__((noinline))

static struct work *volatile known;
static const struct work pattern = {.state = 1};

/* Who waits: programs that never do have no questions. */
void work_await(struct work *work);
void work_await(struct work *work)
{
	pthread_mutex_lock(&work->lock);
	while (work->state == 0)
		pthread_cond_wait(&work->changed, &work->lock);
	pthread_mutex_unlock(&work->lock);
}

NOINLINE static void take(struct work *work)
{
	known = work;
	sched_yield();
}

#define MAKER(name, how, before, after) \
	NOINLINE static struct work *name(long number) \
	{ \
		struct work *work = how; \
		if (!work) \
			return NULL; \
		work->number = number; \
		before; \
		pthread_mutex_init(&work->lock, NULL); \
		pthread_cond_init(&work->changed, NULL); \
		after; \
		return work; \
	}

#define BLANK malloc(sizeof(struct work))
#define ZERO calloc(1, sizeof(struct work))

MAKER(stores_before, BLANK, work->state = 3, )
MAKER(stores_behind, BLANK, , work->state = 3)
MAKER(stores_last, BLANK, work->state = 2, work->state = 3)
MAKER(stores_nothing, BLANK, , )
MAKER(zero, ZERO, , )
MAKER(zero_by_hand, BLANK, memset(work, 0, sizeof(*work)), )
MAKER(zero_in_part, BLANK, memset(work, 0, offsetof(struct work, state)), )
MAKER(ones, BLANK, memset(work, 1, sizeof(*work)), )
MAKER(copies, BLANK, memcpy(work, &pattern, sizeof(*work)), )
MAKER(stores_some, BLANK, if (number > 5) work->state = 3, )
MAKER(stores_either, BLANK, work->state = number > 5, )
MAKER(stores_one_of_two, ZERO, , if (number > 5) work->state = 3)
MAKER(hands_out_first, BLANK, , take(work); work->state = 3)
MAKER(shows_first, BLANK, known = work, work->state = 3)
MAKER(hands_out_last, BLANK, work->state = 3, take(work))
MAKER(stores_after, BLANK, work->state = 3; take(work), work->state = 2)
MAKER(stores_same_after, BLANK, work->state = 3; take(work), work->state = 3)
MAKER(stores_locked, ZERO, take(work), pthread_mutex_lock(&work->lock); work->state = 3;
      pthread_cond_signal(&work->changed); pthread_mutex_unlock(&work->lock))
MAKER(stores_silently, ZERO, take(work), pthread_mutex_lock(&work->lock); work->state = 3;
      pthread_mutex_unlock(&work->lock))
MAKER(stores_unlocked, ZERO, take(work), pthread_mutex_lock(&work->lock);
      pthread_mutex_unlock(&work->lock); work->state = 3)
MAKER(locks_alone, ZERO, , pthread_mutex_lock(&work->lock); work->state = 3;
      pthread_mutex_unlock(&work->lock))
MAKER(by_number, ZERO, take(work), work->others[number] = 3)

#define IS(function) (void (*)(void))(function)

const struct maker makers[MAKERS] = {
	{IS(stores_before), true, 3},
	{IS(stores_behind), true, 3},
	{IS(stores_last), true, 3},
	{IS(stores_nothing), false, 0},
	{IS(zero), true, 0},
	{IS(zero_by_hand), true, 0},
	{IS(zero_in_part), false, 0},
	{IS(ones), false, 0},
	{IS(copies), false, 0},
	{IS(stores_some), false, 0},
	{IS(stores_either), false, 0},
	{IS(stores_one_of_two), false, 0},
	{IS(hands_out_first), false, 0},
	{IS(shows_first), false, 0},
	{IS(hands_out_last), true, 3},
	{IS(stores_after), false, 0},
	{IS(stores_same_after), true, 3},
	{IS(stores_locked), true, 0},
	{IS(stores_silently), false, 0},
	{IS(stores_unlocked), false, 0},
	{IS(locks_alone), true, 3},
	{IS(by_number), false, 0},
};
