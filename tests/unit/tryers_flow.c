/*
 * Owns the tryers whose control flow decides: which ways lead from the try to the wait, and what
 * is on them. The try, the wait and the lock's address stand in one function.
 */
#include "compiled.h"
#include "tryers.h"
#include <errno.h>
#include <sched.h>
#include <stdlib.h>

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

const struct tryer flow_tryers[] = {
	{"plain", plain, true, NULL},
	{"plain_last", plain_last, true, NULL},
	{"busy", busy, true, NULL},
	{"by_result", by_result, true, NULL},
	{"by_flag", by_flag, true, NULL},
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
	{"limited", limited, false, NULL},
	{"reads", reads, true, "pthread_rwlock_tryrdlock"},
	{"writes", writes, true, "pthread_rwlock_trywrlock"},
	{"reads_instead", reads_instead, false, "pthread_rwlock_trywrlock"},
	{"spins", spins, true, "pthread_spin_trylock"},
	{"waits_for_news", waits_for_news, false, NULL},
	{"posts", posts, false, NULL},
	{"backs_off_sometimes", backs_off_sometimes, false, NULL},
	{"takes_chosen", takes_chosen, false, NULL},
	{0},
};
