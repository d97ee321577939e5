/*
 * Two children take two process-shared mutexes in opposite orders. The first one's end was waited
 * for before the second was forked: a wait that returns a child's id comes after all that the child
 * did (POSIX, waitpid), and what the parent does before it forks comes before all that the new
 * child does.
 */
/* EXPECT lock-order discharged thread-order first second */
/* PROCESSES 3 */
#include "scenario.h"
#include <sys/mman.h>

struct shared {
	pthread_mutex_t a, b;
	int stage;
};

static struct shared *shared;

static void make_mutex(pthread_mutex_t *mutex)
{
	pthread_mutexattr_t attributes;

	CHECK(pthread_mutexattr_init(&attributes) == 0);
	CHECK(pthread_mutexattr_setpshared(&attributes, PTHREAD_PROCESS_SHARED) == 0);
	CHECK(pthread_mutex_init(mutex, &attributes) == 0);
}

static void make_shared(void)
{
	shared = mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1,
		      0);
	CHECK(shared != MAP_FAILED);
	make_mutex(&shared->a);
	make_mutex(&shared->b);
}

static void a_then_b(void)
{
	pthread_mutex_lock(&shared->a);
	pthread_mutex_lock(&shared->b); /* @first */
	pthread_mutex_unlock(&shared->b);
	pthread_mutex_unlock(&shared->a);
}

static void b_then_a(void)
{
	pthread_mutex_lock(&shared->b);
	pthread_mutex_lock(&shared->a); /* @second */
	pthread_mutex_unlock(&shared->a);
	pthread_mutex_unlock(&shared->b);
}

static pid_t run(void (*body)(void))
{
	pid_t child = fork();

	if (child == 0) {
		body();
		exit(0);
	}
	return child;
}

int main(void)
{
	make_shared();
	CHECK(reap(run(a_then_b)) == 0);
	CHECK(reap(run(b_then_a)) == 0);
	return 0;
}
