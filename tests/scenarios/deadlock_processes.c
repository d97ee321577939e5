/*
 * Two processes, two process-shared mutexes in memory that both have, in opposite orders. The
 * parent is one of them; the child is the other.
 */
/* HANGS */
/* EXPECT deadlock-cycle observed one two */
/* PROCESSES 2 */
#include "hang.h"

#include <sys/mman.h>

struct shared {
	pthread_mutex_t a, b;
	int met;
};

static struct shared *shared;

static void make(pthread_mutex_t *mutex)
{
	pthread_mutexattr_t attributes;

	CHECK(pthread_mutexattr_init(&attributes) == 0);
	CHECK(pthread_mutexattr_setpshared(&attributes, PTHREAD_PROCESS_SHARED) == 0);
	CHECK(pthread_mutex_init(mutex, &attributes) == 0);
}

static void a_then_b(void)
{
	pthread_mutex_lock(&shared->a);
	meet_in(&shared->met, 2);
	pthread_mutex_lock(&shared->b); /* @one */
	pthread_mutex_unlock(&shared->b);
	pthread_mutex_unlock(&shared->a);
}

static void b_then_a(void)
{
	pthread_mutex_lock(&shared->b);
	meet_in(&shared->met, 2);
	pthread_mutex_lock(&shared->a); /* @two */
	pthread_mutex_unlock(&shared->a);
	pthread_mutex_unlock(&shared->b);
}

int main(void)
{
	pid_t child;

	shared = mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1,
		      0);
	CHECK(shared != MAP_FAILED);
	make(&shared->a);
	make(&shared->b);
	child = fork();
	if (child == 0) {
		b_then_a();
		exit(0);
	}
	a_then_b();
	return await_child(child);
}
