/* What it costs when threads or processes meet: the wall clock tells. */
#include "micro.h"

#include <errno.h>
#include <pthread.h>
#include <semaphore.h>
#include <stddef.h>
#include <sys/wait.h>
#include <unistd.h>

enum { MOST_SIDES = 64 };

struct meeting {
	pthread_mutex_t mutex;
	pthread_cond_t turned[MOST_SIDES];
	sem_t turns[MOST_SIDES];
	unsigned sides;
	uint64_t operations; /* of each side */
	uint64_t counter;
	unsigned turn;
	pthread_barrier_t start;
};

struct side {
	pthread_t thread;
	struct meeting *meeting;
	unsigned number;
};

static void *play(void *argument)
{
	const struct side *side = argument;
	struct meeting *meeting = side->meeting;
	unsigned me = side->number, next = (me + 1) % meeting->sides;

	/* All on one core: across cores the length of a wake-up is the machine's mood. */
	micro_pin(0);
	pthread_barrier_wait(&meeting->start);
	pthread_mutex_lock(&meeting->mutex);
	for (uint64_t i = 0; i < meeting->operations; i++) {
		while (meeting->turn != me)
			pthread_cond_wait(&meeting->turned[me], &meeting->mutex);
		meeting->turn = next;
		pthread_cond_signal(&meeting->turned[next]);
	}
	pthread_mutex_unlock(&meeting->mutex);
	return NULL;
}

static void *pass(void *argument)
{
	const struct side *side = argument;
	struct meeting *meeting = side->meeting;
	unsigned me = side->number, next = (me + 1) % meeting->sides;

	micro_pin(0);
	pthread_barrier_wait(&meeting->start);
	for (uint64_t i = 0; i < meeting->operations; i++) {
		sem_wait(&meeting->turns[me]);
		sem_post(&meeting->turns[next]);
	}
	return NULL;
}

static void *contend(void *argument)
{
	const struct side *side = argument;
	struct meeting *meeting = side->meeting;

	micro_pin(side->number);
	pthread_barrier_wait(&meeting->start);
	for (uint64_t i = 0; i < meeting->operations; i++) {
		pthread_mutex_lock(&meeting->mutex);
		meeting->counter++;
		pthread_mutex_unlock(&meeting->mutex);
	}
	return NULL;
}

static double meet(void *(*body)(void *), unsigned count, uint64_t operations)
{
	struct meeting meeting = {
		.mutex = PTHREAD_MUTEX_INITIALIZER,
		.sides = count,
		.operations = (operations + count - 1) / count,
	};
	struct side sides[MOST_SIDES];
	double begun;

	pthread_barrier_init(&meeting.start, NULL, count + 1);
	for (unsigned i = 0; i < count; i++) {
		pthread_cond_init(&meeting.turned[i], NULL);
		sem_init(&meeting.turns[i], 0, i == 0);
	}
	for (unsigned i = 0; i < count; i++) {
		sides[i] = (struct side){.meeting = &meeting, .number = i};
		micro_must("pthread_create",
			   pthread_create(&sides[i].thread, NULL, body, &sides[i]));
	}
	pthread_barrier_wait(&meeting.start);
	begun = micro_clock(CLOCK_MONOTONIC);
	for (unsigned i = 0; i < count; i++)
		pthread_join(sides[i].thread, NULL);
	begun = micro_clock(CLOCK_MONOTONIC) - begun;
	pthread_barrier_destroy(&meeting.start);
	for (unsigned i = 0; i < count; i++) {
		pthread_cond_destroy(&meeting.turned[i]);
		sem_destroy(&meeting.turns[i]);
	}
	pthread_mutex_destroy(&meeting.mutex);
	return begun;
}

/* An operation is one turn: wait, take over, signal. */
static double run_condition(uint64_t operations)
{
	return meet(play, 2, operations);
}

/* The same, round in a circle. */
static double run_conditions(uint64_t operations)
{
	return meet(play, MOST_SIDES, operations);
}

static double run_semaphores(uint64_t operations)
{
	return meet(pass, 2, operations);
}

static double run_contended(uint64_t operations)
{
	return meet(contend, 2, operations);
}

static void *nothing(void *argument)
{
	return argument;
}

static double run_create(uint64_t operations)
{
	double begun = micro_clock(CLOCK_MONOTONIC);

	for (uint64_t i = 0; i < operations; i++) {
		pthread_t thread;

		micro_must("pthread_create", pthread_create(&thread, NULL, nothing, NULL));
		pthread_join(thread, NULL);
	}
	return micro_clock(CLOCK_MONOTONIC) - begun;
}

enum { CROWD = 256 };

struct crowd {
	pthread_barrier_t start;
	pthread_spinlock_t lock;
	pthread_mutex_t mutex;
};

static void *spin_once(void *argument)
{
	struct crowd *crowd = argument;

	pthread_barrier_wait(&crowd->start);
	pthread_spin_lock(&crowd->lock);
	pthread_spin_unlock(&crowd->lock);
	return NULL;
}

static void *try_once(void *argument)
{
	struct crowd *crowd = argument;

	pthread_barrier_wait(&crowd->start);
	while (pthread_mutex_trylock(&crowd->mutex))
		;
	pthread_mutex_unlock(&crowd->mutex);
	return NULL;
}

/* Who is kept from going on while it holds the lock keeps all others spinning. */
static double gather(void *(*body)(void *), uint64_t operations)
{
	double begun = micro_clock(CLOCK_MONOTONIC);
	pthread_t threads[CROWD];
	struct crowd crowd;

	pthread_barrier_init(&crowd.start, NULL, CROWD);
	pthread_spin_init(&crowd.lock, PTHREAD_PROCESS_PRIVATE);
	pthread_mutex_init(&crowd.mutex, NULL);
	for (uint64_t done = 0; done < operations; done += CROWD) {
		for (unsigned i = 0; i < CROWD; i++)
			micro_must("pthread_create",
				   pthread_create(&threads[i], NULL, body, &crowd));
		for (unsigned i = 0; i < CROWD; i++)
			pthread_join(threads[i], NULL);
	}
	pthread_mutex_destroy(&crowd.mutex);
	pthread_spin_destroy(&crowd.lock);
	pthread_barrier_destroy(&crowd.start);
	return micro_clock(CLOCK_MONOTONIC) - begun;
}

static double run_spinners(uint64_t operations)
{
	return gather(spin_once, operations);
}

static double run_triers(uint64_t operations)
{
	return gather(try_once, operations);
}

static double run_fork(uint64_t operations)
{
	double begun = micro_clock(CLOCK_MONOTONIC);

	for (uint64_t i = 0; i < operations; i++) {
		pid_t pid = fork();

		if (pid == 0)
			_exit(0);
		micro_must("fork", pid < 0 ? errno : 0);
		waitpid(pid, NULL, 0);
	}
	return micro_clock(CLOCK_MONOTONIC) - begun;
}

const struct micro micro_together[] = {
	{"condition", 20000, false, false, run_condition},
	{"condition-64", 100000, false, false, run_conditions},
	{"semaphore-turn", 20000, false, false, run_semaphores},
	{"contended", 1000000, false, true, run_contended},
	{"create-join", 3000, false, false, run_create},
	{"spin-crowd", 4 * CROWD, false, false, run_spinners},
	{"try-crowd", 4 * CROWD, false, false, run_triers},
	{"fork-exit", 300, false, false, run_fork},
	{0},
};
