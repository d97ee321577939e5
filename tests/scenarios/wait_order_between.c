/*
 * As wait_order, but what the parent waits for is a child that does nothing itself but fork one
 * that does, and wait for that. All the waits together order the two sides: waitpid comes after the
 * middle one's end, which comes after its own waitpid, which comes after the end of the first side.
 */
/* EXPECT lock-order discharged thread-order first second */
/* PROCESSES 4 */
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

/* Does nothing itself but have another one work. */
static void delegate(void)
{
	CHECK(reap(run(a_then_b)) == 0);
}

int main(void)
{
	make_shared();
	CHECK(reap(run(delegate)) == 0);
	CHECK(reap(run(b_then_a)) == 0);
	return 0;
}
