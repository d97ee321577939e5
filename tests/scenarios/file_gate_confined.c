/*
 * As file_gate_flock.c, after the program has forbidden itself to compare descriptors (kcmp), on
 * pain of death. The flock keeps the threads apart all the same, each having opened the file for
 * itself (flock(2)).
 */
/* EXPECT lock-order discharged gate-lock first second */
#include "file_scenario.h"

#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <sys/prctl.h>

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;

static void *one(void *argument)
{
	int gate = open_file("gate");

	CHECK(flock(gate, LOCK_EX) == 0);
	pthread_mutex_lock(&a);
	pthread_mutex_lock(&b); /* @first */
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
	CHECK(flock(gate, LOCK_UN) == 0);
	stage_reach(1);
	return argument;
}

static void *two(void *argument)
{
	int gate = open_file("gate");

	stage_await(1);
	CHECK(flock(gate, LOCK_EX) == 0);
	pthread_mutex_lock(&b);
	pthread_mutex_lock(&a); /* @second */
	pthread_mutex_unlock(&a);
	pthread_mutex_unlock(&b);
	CHECK(flock(gate, LOCK_UN) == 0);
	return argument;
}

static void forbid_kcmp(void)
{
	struct sock_filter steps[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_kcmp, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};
	struct sock_fprog filter = {sizeof(steps) / sizeof(*steps), steps};

	CHECK(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0);
	CHECK(prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter) == 0);
}

int main(void)
{
	forbid_kcmp();
	run_two(one, two);
	return 0;
}
