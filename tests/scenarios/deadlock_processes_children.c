/*
 * Two children take two process-shared mutexes in opposite orders, while the parent waits for them
 * in waitpid. No process of the circle is an ancestor of the other.
 */
/* HANGS 2 */
/* EXPECT deadlock-cycle observed one two */
/* PROCESSES 3 */
#include "hang.h"

#include <sys/mman.h>

struct shared {
	pthread_mutex_t a;
	pthread_rwlock_t b;
	int met;
};

static struct shared *shared;

static void make_shared(void)
{
	pthread_mutexattr_t mutex;
	pthread_rwlockattr_t rwlock;

	shared = mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1,
		      0);
	CHECK(shared != MAP_FAILED);
	CHECK(pthread_mutexattr_init(&mutex) == 0);
	CHECK(pthread_mutexattr_setpshared(&mutex, PTHREAD_PROCESS_SHARED) == 0);
	CHECK(pthread_mutex_init(&shared->a, &mutex) == 0);
	CHECK(pthread_rwlockattr_init(&rwlock) == 0);
	CHECK(pthread_rwlockattr_setpshared(&rwlock, PTHREAD_PROCESS_SHARED) == 0);
	CHECK(pthread_rwlock_init(&shared->b, &rwlock) == 0);
}

static void a_then_b(void)
{
	pthread_mutex_lock(&shared->a);
	meet_in(&shared->met, 2);
	pthread_rwlock_wrlock(&shared->b); /* @one */
	pthread_rwlock_unlock(&shared->b);
	pthread_mutex_unlock(&shared->a);
}

static void b_then_a(void)
{
	pthread_rwlock_rdlock(&shared->b);
	meet_in(&shared->met, 2);
	pthread_mutex_lock(&shared->a); /* @two */
	pthread_mutex_unlock(&shared->a);
	pthread_rwlock_unlock(&shared->b);
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
	pid_t one, two;

	make_shared();
	one = run(a_then_b);
	two = run(b_then_a);
	await_child(one);
	await_child(two);
	return 0;
}
