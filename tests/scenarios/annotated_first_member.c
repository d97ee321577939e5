/*
 * A lock made of a mutex, a condition and a flag, at the mutex's address. The mutexes are held for
 * a moment only and never one with the other; the locks made of them are taken in opposite orders.
 * (No witness: either thread may have been let on by the other one's signals, for all that is known.)
 */
/* EXPECT lock-order potential first second */
/* ALLOW discharged */
/* ACQUISITIONS 36 */
#include "annotated.h"

/* A lock whose first member is a mutex: both have the same address. */
struct gate {
	pthread_mutex_t mutex;
	pthread_cond_t opened;
	bool closed;
};

#define GATE \
	{ \
		PTHREAD_MUTEX_INITIALIZER, PTHREAD_COND_INITIALIZER, false \
	}
static struct gate a = GATE, b = GATE;

static inline __attribute__((always_inline)) void gate_close(struct gate *gate)
{
	GORDIAN_ACQUIRE(gate, GORDIAN_EXCLUSIVE);
	pthread_mutex_lock(&gate->mutex);
	while (gate->closed)
		pthread_cond_wait(&gate->opened, &gate->mutex);
	gate->closed = true;
	pthread_mutex_unlock(&gate->mutex);
	GORDIAN_ACQUIRED(gate, GORDIAN_EXCLUSIVE);
}

static inline __attribute__((always_inline)) void gate_open(struct gate *gate)
{
	pthread_mutex_lock(&gate->mutex);
	GORDIAN_RELEASE(gate);
	gate->closed = false;
	pthread_cond_signal(&gate->opened);
	pthread_mutex_unlock(&gate->mutex);
}

static void *one(void *argument)
{
	for (int i = 0; i < 3; i++) {
		gate_close(&a);
		gate_close(&b); /* @first */
		gate_open(&b);
		gate_open(&a);
	}
	stage_reach(1);
	return argument;
}

static void *two(void *argument)
{
	stage_await(1);
	for (int i = 0; i < 3; i++) {
		gate_close(&b);
		gate_close(&a); /* @second */
		gate_open(&a);
		gate_open(&b);
	}
	return argument;
}

int main(void)
{
	run_two(one, two);
	return 0;
}
