/* What it costs when threads or processes meet: the wall clock tells. */
#include "micro.h"

#include <errno.h>
#include <pthread.h>
#include <stddef.h>
#include <sys/wait.h>
#include <unistd.h>

struct meeting {
	pthread_mutex_t mutex;
	pthread_cond_t turned[2];
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
	unsigned me = side->number;

	/* Both on one core: across cores the length of a wake-up is the machine's mood. */
	micro_pin(0);
	pthread_barrier_wait(&meeting->start);
	pthread_mutex_lock(&meeting->mutex);
	for (uint64_t i = 0; i < meeting->operations; i++) {
		while (meeting->turn != me)
			pthread_cond_wait(&meeting->turned[me], &meeting->mutex);
		meeting->turn = !me;
		pthread_cond_signal(&meeting->turned[!me]);
	}
	pthread_mutex_unlock(&meeting->mutex);
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

static double meet(void *(*body)(void *), uint64_t operations)
{
	struct meeting meeting = {
		.mutex = PTHREAD_MUTEX_INITIALIZER,
		.turned = {PTHREAD_COND_INITIALIZER, PTHREAD_COND_INITIALIZER},
		.operations = (operations + 1) / 2,
	};
	struct side sides[2];
	double begun;

	pthread_barrier_init(&meeting.start, NULL, 3);
	for (unsigned i = 0; i < 2; i++) {
		sides[i] = (struct side){.meeting = &meeting, .number = i};
		micro_must("pthread_create",
			   pthread_create(&sides[i].thread, NULL, body, &sides[i]));
	}
	pthread_barrier_wait(&meeting.start);
	begun = micro_clock(CLOCK_MONOTONIC);
	for (unsigned i = 0; i < 2; i++)
		pthread_join(sides[i].thread, NULL);
	begun = micro_clock(CLOCK_MONOTONIC) - begun;
	pthread_barrier_destroy(&meeting.start);
	pthread_cond_destroy(&meeting.turned[0]);
	pthread_cond_destroy(&meeting.turned[1]);
	pthread_mutex_destroy(&meeting.mutex);
	return begun;
}

/* An operation is one turn: wait, take over, signal. */
static double run_condition(uint64_t operations)
{
	return meet(play, operations);
}

static double run_contended(uint64_t operations)
{
	return meet(contend, operations);
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
	{"contended", 1000000, false, true, run_contended},
	{"create-join", 3000, false, false, run_create},
	{"fork-exit", 300, false, false, run_fork},
	{0},
};
