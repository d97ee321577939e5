/*
 * Like deadlock_waitpid_alarm.c, but the child sets the alarm, and then becomes another program,
 * which does not know of it: "Alarms created by alarm() are preserved across execve" (alarm(2)).
 */
/* EXPECT blocking-under-lock misuse await own */
/* PROCESSES 2 */
#include "hang.h"
#include "shared_pair.h"

static void *map(int memory)
{
	void *mapped = mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE, MAP_SHARED, memory, 0);

	CHECK(mapped != MAP_FAILED);
	return mapped;
}

static int become(char *self, int memory)
{
	char number[16];

	snprintf(number, sizeof(number), "%d", memory);
	alarm(4);
	execl("/proc/self/exe", self, number, NULL);
	return 99;
}

static int take(int memory)
{
	shared = map(memory);
	pthread_mutex_lock(&shared->a);
	pthread_mutex_unlock(&shared->a);
	return 0;
}

int main(int count, char **words)
{
	int memory, status;
	pid_t child;

	if (count > 1)
		return take(atoi(words[1]));
	memory = memfd_create("scenario", 0);
	CHECK(memory >= 0 && ftruncate(memory, sizeof(*shared)) == 0);
	shared = map(memory);
	make_mutex(&shared->a);
	pthread_mutex_lock(&shared->a); /* @own */
	child = fork();
	if (child == 0)
		_exit(become(words[0], memory));
	CHECK(waitpid(child, &status, 0) == child); /* @await */
	CHECK(WIFSIGNALED(status) && WTERMSIG(status) == SIGALRM);
	pthread_mutex_unlock(&shared->a);
	return 0;
}
