/*
 * wait_order.c with each of the calls that wait for a child, with and without a place for what they
 * tell, and with a child that is killed.
 */
/* EXPECT lock-order discharged thread-order first second */
/* PROCESSES 17 */
#include "scenario.h"
#include <sys/mman.h>
#include <sys/resource.h>

enum { KINDS = 8 };

static struct pair {
	pthread_mutex_t a, b;
} * pairs;

static void make_mutex(pthread_mutex_t *mutex)
{
	pthread_mutexattr_t attributes;

	CHECK(pthread_mutexattr_init(&attributes) == 0);
	CHECK(pthread_mutexattr_setpshared(&attributes, PTHREAD_PROCESS_SHARED) == 0);
	CHECK(pthread_mutex_init(mutex, &attributes) == 0);
}

static void make_shared(void)
{
	pairs = mmap(NULL, KINDS * sizeof(*pairs), PROT_READ | PROT_WRITE,
		     MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	CHECK(pairs != MAP_FAILED);
	for (int i = 0; i < KINDS; i++) {
		make_mutex(&pairs[i].a);
		make_mutex(&pairs[i].b);
	}
}

static void a_then_b(struct pair *pair)
{
	pthread_mutex_lock(&pair->a);
	pthread_mutex_lock(&pair->b); /* @first */
	pthread_mutex_unlock(&pair->b);
	pthread_mutex_unlock(&pair->a);
}

static void b_then_a(struct pair *pair)
{
	pthread_mutex_lock(&pair->b);
	pthread_mutex_lock(&pair->a); /* @second */
	pthread_mutex_unlock(&pair->a);
	pthread_mutex_unlock(&pair->b);
}

static void killed_a_then_b(struct pair *pair)
{
	a_then_b(pair);
	raise(SIGKILL);
}

static pid_t run(void (*body)(struct pair *), struct pair *pair)
{
	pid_t child = fork();

	if (child == 0) {
		body(pair);
		exit(0);
	}
	return child;
}

static void await(int kind, pid_t child)
{
	struct rusage usage;
	siginfo_t info;
	int status;

	switch (kind) {
	case 0:
		CHECK(wait(&status) == child);
		break;
	case 1:
		CHECK(wait(NULL) == child);
		break;
	case 2:
		CHECK(waitpid(-1, NULL, 0) == child);
		break;
	case 3:
		CHECK(wait3(&status, 0, &usage) == child);
		break;
	case 4:
		CHECK(wait4(child, NULL, 0, NULL) == child);
		break;
	case 5:
		CHECK(waitid(P_PID, (id_t)child, &info, WEXITED) == 0);
		break;
	case 6:
		CHECK(waitid(P_ALL, 0, NULL, WEXITED) == 0);
		break;
	default:
		CHECK(waitpid(child, &status, 0) == child);
	}
}

int main(void)
{
	make_shared();
	for (int i = 0; i < KINDS; i++) {
		await(i, run(i + 1 < KINDS ? a_then_b : killed_a_then_b, &pairs[i]));
		CHECK(reap(run(b_then_a, &pairs[i])) == 0);
	}
	return 0;
}
