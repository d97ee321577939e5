/*
 * Confines itself with a filter that kills it for every system call but a few, and then takes locks
 * in places where it had not taken any. Its argument: how the filter is installed, and what it
 * allows.
 */
#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#define ALLOW(number) \
	BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, number, 0, 1), \
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW)

static struct sock_filter few[] = {
	BPF_STMT(BPF_LD | BPF_W | BPF_ABS, 0),
	ALLOW(SYS_read),
	ALLOW(SYS_write),
	ALLOW(SYS_exit),
	ALLOW(SYS_exit_group),
	ALLOW(SYS_futex),
	ALLOW(SYS_mmap),
	ALLOW(SYS_munmap),
	BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS),
};

static struct sock_filter most[] = {
	BPF_STMT(BPF_LD | BPF_W | BPF_ABS, 0),
	BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_ptrace, 0, 1),
	BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS),
	BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
};

static struct sock_filter no_pid[] = {
	BPF_STMT(BPF_LD | BPF_W | BPF_ABS, 0),
	BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_getpid, 0, 1),
	BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS),
	BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
};

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER, b = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t many[6000];

static __attribute__((noinline)) void nest(pthread_mutex_t *outer, pthread_mutex_t *inner)
{
	pthread_mutex_lock(outer);
	pthread_mutex_lock(inner);
	pthread_mutex_unlock(inner);
	pthread_mutex_unlock(outer);
}

/* Refused as well: it jumps so far that it would come round to itself. True: it was not. */
static int install_circle(void)
{
	struct sock_filter round[] = {
		BPF_STMT(BPF_JMP | BPF_JA, UINT32_MAX),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};
	struct sock_fprog filter = {2, round};

	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0))
		return 1;
	errno = 0;
	return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter) != -1 || errno != EINVAL;
}

static int confine(const char *how)
{
	struct sock_fprog filter = {sizeof(few) / sizeof(few[0]), few};

	if (!strcmp(how, "fork") || !strcmp(how, "vfork"))
		filter = (struct sock_fprog){sizeof(no_pid) / sizeof(no_pid[0]), no_pid};
	if (!strcmp(how, "most"))
		filter = (struct sock_fprog){sizeof(most) / sizeof(most[0]), most};
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0))
		return -1;
	if (!strcmp(how, "syscall"))
		return (int)syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &filter);
	if (!strcmp(how, "strict"))
		return prctl(PR_SET_SECCOMP, SECCOMP_MODE_STRICT);
	return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter);
}

/* A child that takes locks, or one of vfork that just ends. */
static int have_child(const char *how)
{
	pid_t child = 0;
	int status;

	if (!strcmp(how, "fork") && (child = fork()) == 0) {
		nest(&b, &a);
		_exit(5);
	}
	if (!strcmp(how, "vfork") && (child = vfork()) == 0)
		_exit(5);
	return child && (waitpid(child, &status, 0) != child || !WIFEXITED(status) ||
			 WEXITSTATUS(status) != 5);
}

int main(int count, char **arguments)
{
	const char *how = count > 1 ? arguments[1] : "prctl";

	/* Refused: nothing is confined. */
	if (prctl(PR_SET_SECCOMP, 77, NULL) != -1 || errno != EINVAL || install_circle())
		return 1;
	if (confine(how))
		return 77;
	nest(&a, &b);
	if (have_child(how))
		return 4;
	nest(&b, &a);
	for (unsigned i = 0; i + 1 < sizeof(many) / sizeof(many[0]); i++)
		nest(&many[i], &many[i + 1]);
	if (write(1, "done\n", 5) != 5)
		return 2;
	if (!strcmp(how, "strict"))
		syscall(SYS_exit, 3);
	return 3;
}
