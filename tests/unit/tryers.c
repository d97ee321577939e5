/* Owns the tryers: true cases beside near misses, each of the smallest difference. */
#include "tryers.h"
#include <errno.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#if __has_attribute(noclone)
#define APART __attribute__((noinline, noclone))
#else
#define APART __attribute__((noinline))
#endif

static pthread_mutex_t common = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t *current = &common;

/* So that calls stay in order, and none is the last thing that a function does. */
static void barrier(void)
{
	__asm__ volatile("" ::: "memory");
}

static void plain(struct desk *desk)
{
	if (pthread_mutex_trylock(&desk->lock))
		pthread_mutex_lock(&desk->lock);
	barrier();
}

static void plain_last(struct desk *desk)
{
	if (pthread_mutex_trylock(&desk->lock) != 0)
		pthread_mutex_lock(&desk->lock);
}

static void busy(struct desk *desk)
{
	if (pthread_mutex_trylock(&desk->lock) == EBUSY) {
		desk->refusals++;
		pthread_mutex_lock(&desk->lock);
	}
	barrier();
}

static void by_result(struct desk *desk)
{
	int result = pthread_mutex_trylock(&desk->lock);
	if (result == 0)
		return;
	pthread_mutex_lock(&desk->lock);
	barrier();
}

static void by_flag(struct desk *desk)
{
	bool got = pthread_mutex_trylock(&desk->lock) == 0;
	barrier();
	if (!got)
		pthread_mutex_lock(&desk->lock);
	barrier();
}

static void of_file(struct desk *desk)
{
	if (pthread_mutex_trylock(&common)) {
		desk->refusals++;
		pthread_mutex_lock(&common);
	}
	barrier();
}

static void of_pointer(struct desk *desk)
{
	(void)desk;
	if (pthread_mutex_trylock(current))
		pthread_mutex_lock(current);
	barrier();
}

static void of_pointer_changed(struct desk *desk)
{
	if (pthread_mutex_trylock(current)) {
		current = &desk->lock;
		barrier();
		pthread_mutex_lock(current);
	}
	barrier();
}

static void of_far(struct desk *desk)
{
	if (pthread_mutex_trylock(desk->far))
		pthread_mutex_lock(desk->far);
	barrier();
}

static void of_far_changed(struct desk *desk)
{
	if (pthread_mutex_trylock(desk->far)) {
		desk->far = &desk->other;
		barrier();
		pthread_mutex_lock(desk->far);
	}
	barrier();
}

static void some_times(struct desk *desk)
{
	for (int i = 0; i < 100; i++)
		if (pthread_mutex_trylock(&desk->lock) == 0)
			return;
	pthread_mutex_lock(&desk->lock);
	barrier();
}

static void for_ever(struct desk *desk)
{
	while (pthread_mutex_trylock(&desk->lock))
		sched_yield();
	barrier();
}

static void until_stopped(struct desk *desk)
{
	while (pthread_mutex_trylock(&desk->lock))
		if (desk->stopped)
			return;
	barrier();
}

static void or_abort(struct desk *desk)
{
	if (pthread_mutex_trylock(&desk->lock))
		abort();
	barrier();
}

static void try_only(struct desk *desk)
{
	if (pthread_mutex_trylock(&desk->lock))
		desk->refusals++;
	barrier();
}

static void ignored(struct desk *desk)
{
	(void)pthread_mutex_trylock(&desk->lock);
	barrier();
}

static void backs_off(struct desk *desk)
{
	if (pthread_mutex_trylock(&desk->lock)) {
		pthread_mutex_unlock(&desk->held);
		pthread_mutex_lock(&desk->lock);
		pthread_mutex_lock(&desk->held);
	}
	barrier();
}

static void starts_again(struct desk *desk)
{
	pthread_mutex_lock(&desk->held);
	while (pthread_mutex_trylock(&desk->lock)) {
		pthread_mutex_unlock(&desk->held);
		sched_yield();
		pthread_mutex_lock(&desk->held);
	}
	barrier();
}

static void takes_other(struct desk *desk)
{
	if (pthread_mutex_trylock(&desk->lock))
		pthread_mutex_lock(&desk->other);
	barrier();
}

/* The way of who got it is not that of who was refused. */
static void waits_after_success(struct desk *desk)
{
	if (pthread_mutex_trylock(&desk->lock) == 0) {
		pthread_mutex_unlock(&desk->lock);
		pthread_mutex_lock(&desk->lock);
	}
	barrier();
}

static void unless_stopped(struct desk *desk)
{
	if (pthread_mutex_trylock(&desk->lock)) {
		if (desk->stopped)
			return;
		pthread_mutex_lock(&desk->lock);
	}
	barrier();
}

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

static void limited(struct desk *desk)
{
	const struct timespec limit = {1, 0};
	if (pthread_mutex_trylock(&desk->lock))
		pthread_mutex_timedlock(&desk->lock, &limit);
	barrier();
}

static void reads(struct desk *desk)
{
	if (pthread_rwlock_tryrdlock(&desk->table))
		pthread_rwlock_rdlock(&desk->table);
	barrier();
}

static void writes(struct desk *desk)
{
	if (pthread_rwlock_trywrlock(&desk->table))
		pthread_rwlock_wrlock(&desk->table);
	barrier();
}

static void reads_instead(struct desk *desk)
{
	if (pthread_rwlock_trywrlock(&desk->table))
		pthread_rwlock_rdlock(&desk->table);
	barrier();
}

static void spins(struct desk *desk)
{
	if (pthread_spin_trylock(&desk->spin))
		pthread_spin_lock(&desk->spin);
	barrier();
}

static APART struct desk *find_desk(struct desk *desk)
{
	barrier();
	return desk->found;
}

static void of_found(struct desk *desk)
{
	struct desk *found = find_desk(desk);
	if (pthread_mutex_trylock(&found->lock)) {
		found->refusals++;
		pthread_mutex_lock(&found->lock);
	}
	barrier();
}

static void of_found_again(struct desk *desk)
{
	struct desk *found = find_desk(desk);
	if (pthread_mutex_trylock(&found->lock)) {
		found = find_desk(desk);
		pthread_mutex_lock(&found->lock);
	}
	barrier();
}

static void of_found_other(struct desk *desk)
{
	struct desk *found = find_desk(desk);
	if (pthread_mutex_trylock(&found->lock))
		pthread_mutex_lock(&found->other);
	barrier();
}

static void of_found_one(struct desk *desk)
{
	struct desk *found = find_desk(desk), *tried = found->refusals ? found : desk;
	if (pthread_mutex_trylock(&tried->lock))
		pthread_mutex_lock(&found->lock);
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

/* The first of those that are free, or the last one. */
static void of_list(struct desk *desk)
{
	struct desk *at = find_desk(desk);
	while (pthread_mutex_trylock(&at->lock) && at->found)
		at = at->found;
	barrier();
}

static void of_list_next(struct desk *desk)
{
	struct desk *at = find_desk(desk);
	while (pthread_mutex_trylock(&at->lock)) {
		at = at->found;
		if (!at->found) {
			pthread_mutex_lock(&at->lock);
			break;
		}
	}
	barrier();
}

static void of_array(struct desk *desk)
{
	struct desk *one = &desk->all[desk->refusals % 8];
	if (pthread_mutex_trylock(&one->lock))
		pthread_mutex_lock(&one->lock);
	barrier();
}

static APART void find_into(struct desk *desk, struct desk **found)
{
	barrier();
	*found = desk->found;
}

static APART void find_next(struct desk ***found)
{
	**found = (**found)->found;
	barrier();
}

/* What is called in between changes the local variable. */
static void of_changed_within(struct desk *desk)
{
	struct desk *found, **at = &found;
	find_into(desk, &found);
	if (pthread_mutex_trylock(&found->lock)) {
		find_next(&at);
		pthread_mutex_lock(&found->lock);
	}
	barrier();
}

/* What is called in between knows of the local variable from before. */
static struct desk **known;

static APART void find_knowing(struct desk *desk, struct desk **found)
{
	known = found;
	*found = desk->found;
	barrier();
}

static APART void find_next_known(void)
{
	*known = (*known)->found;
	barrier();
}

static void of_changed_known(struct desk *desk)
{
	struct desk *found;
	find_knowing(desk, &found);
	if (pthread_mutex_trylock(&found->lock)) {
		find_next_known();
		pthread_mutex_lock(&found->lock);
	}
	barrier();
}

static void of_changed_here(struct desk *desk)
{
	struct desk *found, **at = &found;
	find_knowing(desk, &found);
	if (pthread_mutex_trylock(&found->lock)) {
		at = desk->stopped ? at : known;
		*at = found->found;
		pthread_mutex_lock(&found->lock);
	}
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

static void waits_for_news(struct desk *desk)
{
	if (pthread_mutex_trylock(&desk->lock)) {
		pthread_cond_wait(&desk->news, &desk->held);
		pthread_mutex_lock(&desk->lock);
	}
	barrier();
}

static void posts(struct desk *desk)
{
	if (pthread_mutex_trylock(&desk->lock)) {
		sem_post(&desk->units);
		pthread_mutex_lock(&desk->lock);
	}
	barrier();
}

static void backs_off_sometimes(struct desk *desk)
{
	if (pthread_mutex_trylock(&desk->lock)) {
		if (desk->stopped)
			pthread_mutex_unlock(&desk->held);
		pthread_mutex_lock(&desk->lock);
	}
	barrier();
}

static void takes_chosen(struct desk *desk)
{
	bool refused = pthread_mutex_trylock(&desk->lock);
	pthread_mutex_lock(refused ? &desk->other : &desk->lock);
	barrier();
}

/* The lock that is tried was where the next one is now. */
static void of_popped(struct desk *desk)
{
	pthread_mutex_t *tried = desk->far;
	desk->far = &desk->other;
	barrier();
	if (pthread_mutex_trylock(tried))
		pthread_mutex_lock(desk->far);
	barrier();
}

/* The lock that is waited for was where the one is that is tried. */
static void of_popped_first(struct desk *desk)
{
	pthread_mutex_t *first = current;
	current = &desk->other;
	barrier();
	if (pthread_mutex_trylock(current))
		pthread_mutex_lock(first);
	barrier();
}

static void of_popped_twice(struct desk *desk)
{
	pthread_mutex_t *tried = desk->far;
	desk->far = &desk->other;
	barrier();
	if (pthread_mutex_trylock(tried)) {
		desk->refusals++;
		pthread_mutex_lock(tried);
	}
	barrier();
}

static void of_far_after(struct desk *desk)
{
	desk->far = desk->refusals ? &desk->other : &desk->lock;
	barrier();
	if (pthread_mutex_trylock(desk->far)) {
		desk->stopped = true;
		pthread_mutex_lock(desk->far);
	}
	barrier();
}

static APART void exchange(struct desk *desk)
{
	desk->far = &desk->other;
	barrier();
}

static void of_far_before(struct desk *desk)
{
	pthread_mutex_t *tried = desk->far;
	exchange(desk);
	if (pthread_mutex_trylock(tried))
		pthread_mutex_lock(desk->far);
	barrier();
}

/* What is tried was exchanged before that, by who tries it. */
static APART bool got_exchanged(struct desk *desk, pthread_mutex_t *tried)
{
	desk->far = &desk->other;
	barrier();
	bool got = pthread_mutex_trylock(tried) == 0;
	barrier();
	return got;
}

static void of_exchanged_within(struct desk *desk)
{
	if (!got_exchanged(desk, desk->far))
		pthread_mutex_lock(desk->far);
	barrier();
}

static APART bool got_counted(struct desk *desk, pthread_mutex_t *tried)
{
	desk->locked = true;
	return pthread_mutex_trylock(tried) == 0;
}

static void of_far_within(struct desk *desk)
{
	if (!got_counted(desk, desk->far))
		pthread_mutex_lock(desk->far);
	barrier();
}

static pthread_mutex_t *queue[4];

static void of_moved(struct desk *desk)
{
	queue[1] = &desk->other;
	queue[0] = &desk->lock;
	barrier();
	if (pthread_mutex_trylock(queue[0])) {
		memmove(queue, queue + 1, (size_t)desk->refusals * sizeof(*queue));
		pthread_mutex_lock(queue[0]);
	}
	barrier();
}

static APART bool got_or_next(struct desk *tried, struct desk **next)
{
	bool got = pthread_mutex_trylock(&tried->lock) == 0;
	if (!got)
		*next = tried->found;
	barrier();
	return got;
}

/* Who is refused is told of another one. */
static void of_found_told(struct desk *desk)
{
	struct desk *found;
	find_into(desk, &found);
	if (!got_or_next(found, &found))
		pthread_mutex_lock(&found->lock);
	barrier();
}

/* One of two local variables is written to, and it is not known which one. */
static void of_chosen_flag(struct desk *desk)
{
	volatile int refused, other = 0;
	volatile int *one;
	if (desk->stopped)
		one = &refused;
	else
		one = &other;
	refused = pthread_mutex_trylock(&desk->lock);
	*one = 0;
	if (refused)
		pthread_mutex_lock(&desk->lock);
	barrier();
}

static APART int tell_current(pthread_mutex_t **to, struct desk *desk)
{
	int refused = pthread_mutex_trylock(current);
	if (refused) {
		*to = &desk->other;
		barrier();
		pthread_mutex_lock(current);
	}
	barrier();
	return refused;
}

static void of_pointer_told(struct desk *desk)
{
	if (tell_current(&current, desk))
		desk->refusals++;
	barrier();
}

/* Code that was not optimised keeps arguments in memory. */
#ifdef __OPTIMIZE__
#define TELLS true
#else
#define TELLS false
#endif

const struct tryer tryers[] = {
	{"of_popped", of_popped, false, NULL},
	{"of_popped_first", of_popped_first, false, NULL},
	{"of_popped_twice", of_popped_twice, true, NULL},
	{"of_far_after", of_far_after, true, NULL},
	{"of_far_before", of_far_before, false, NULL},
	{"of_exchanged_within", of_exchanged_within, false, NULL},
	{"of_far_within", of_far_within, true, NULL},
	{"of_moved", of_moved, false, NULL},
	{"of_found_told", of_found_told, false, NULL},
	{"of_chosen_flag", of_chosen_flag, false, NULL},
	{"of_pointer_told", of_pointer_told, false, NULL},
	{"jumped", jumped, true, NULL},
	{"jumped_other", jumped_other, false, NULL},
	{"jumped_back_off", jumped_back_off, false, NULL},
	{"jumped_abort", jumped_abort, false, NULL},
	{"of_found_jumped", of_found_jumped, true, NULL},
	{"waits_for_news", waits_for_news, false, NULL},
	{"posts", posts, false, NULL},
	{"backs_off_sometimes", backs_off_sometimes, false, NULL},
	{"takes_chosen", takes_chosen, false, NULL},
	{"of_changed_known", of_changed_known, false, NULL},
	{"of_changed_here", of_changed_here, false, NULL},
	{"of_found", of_found, true, NULL},
	{"of_found_again", of_found_again, false, NULL},
	{"of_found_other", of_found_other, false, NULL},
	{"of_found_one", of_found_one, false, NULL},
	{"of_found_wrapped", of_found_wrapped, true, NULL},
	{"of_list", of_list, false, NULL},
	{"of_list_next", of_list_next, false, NULL},
	{"of_array", of_array, true, NULL},
	{"of_changed_within", of_changed_within, false, NULL},
	{"plain", plain, true, NULL},
	{"plain_last", plain_last, true, NULL},
	{"busy", busy, true, NULL},
	{"by_result", by_result, true, NULL},
	{"by_flag", by_flag, true, NULL},
	{"of_file", of_file, true, NULL},
	{"of_pointer", of_pointer, true, NULL},
	{"of_pointer_changed", of_pointer_changed, false, NULL},
	{"of_far", of_far, true, NULL},
	{"of_far_changed", of_far_changed, false, NULL},
	{"some_times", some_times, true, NULL},
	{"for_ever", for_ever, true, NULL},
	{"until_stopped", until_stopped, false, NULL},
	{"or_abort", or_abort, false, NULL},
	{"try_only", try_only, false, NULL},
	{"ignored", ignored, false, NULL},
	{"backs_off", backs_off, false, NULL},
	{"starts_again", starts_again, false, NULL},
	{"takes_other", takes_other, false, NULL},
	{"waits_after_success", waits_after_success, false, NULL},
	{"unless_stopped", unless_stopped, false, NULL},
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
	{"limited", limited, false, NULL},
	{"reads", reads, true, "pthread_rwlock_tryrdlock"},
	{"writes", writes, true, "pthread_rwlock_trywrlock"},
	{"reads_instead", reads_instead, false, "pthread_rwlock_trywrlock"},
	{"spins", spins, true, "pthread_spin_trylock"},
};
const size_t tryer_count = sizeof(tryers) / sizeof(*tryers);
