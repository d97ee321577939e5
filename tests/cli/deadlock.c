/*
 * Programs that deadlock, and programs that only wait. The first argument names one; a healthy one
 * goes on for as many seconds as the second says, and ends with 0.
 */
#include <pthread.h>
#include <semaphore.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static pthread_mutex_t first = PTHREAD_MUTEX_INITIALIZER, second = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t never = PTHREAD_COND_INITIALIZER;
static int pipes[2];
static unsigned duration;

/* Mutexes and a barrier that processes may share. */
struct shared {
	pthread_mutex_t first, second;
	pthread_barrier_t both_hold;
};

static struct shared *shared;

static void check(int good)
{
	if (!good)
		abort();
}

static pthread_t start(void *(*function)(void *), void *argument)
{
	pthread_t thread;

	check(pthread_create(&thread, NULL, function, argument) == 0);
	return thread;
}

static void make_shared(void)
{
	pthread_mutexattr_t mutex;
	pthread_barrierattr_t barrier;

	shared = mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1,
		      0);
	check(shared != MAP_FAILED);
	pthread_mutexattr_init(&mutex);
	pthread_mutexattr_setpshared(&mutex, PTHREAD_PROCESS_SHARED);
	pthread_mutex_init(&shared->first, &mutex);
	pthread_mutex_init(&shared->second, &mutex);
	pthread_barrierattr_init(&barrier);
	pthread_barrierattr_setpshared(&barrier, PTHREAD_PROCESS_SHARED);
	pthread_barrier_init(&shared->both_hold, &barrier, 2);
}

static void *take_forwards(void *argument)
{
	pthread_mutex_lock(&shared->first);
	pthread_barrier_wait(&shared->both_hold);
	pthread_mutex_lock(&shared->second);
	return argument;
}

static void *take_backwards(void *argument)
{
	pthread_mutex_lock(&shared->second);
	pthread_barrier_wait(&shared->both_hold);
	pthread_mutex_lock(&shared->first);
	return argument;
}

static void circle(void)
{
	pthread_t threads[2] = {start(take_forwards, NULL), start(take_backwards, NULL)};

	pthread_join(threads[0], NULL);
	pthread_join(threads[1], NULL);
}

static void *work(void *argument)
{
	for (;;) {
		pthread_mutex_lock(&first);
		pthread_mutex_unlock(&first);
	}
	return argument;
}

static void circle_beside_work(void)
{
	start(work, NULL);
	circle();
}

/* A handler that tidies up. */
static void leave(int number)
{
	(void)number;
	puts("left");
	exit(9);
}

static void circle_with_handler(void)
{
	signal(SIGTERM, leave);
	circle();
}

static void deaf_circle(void)
{
	signal(SIGTERM, SIG_IGN);
	circle();
}

static void circle_in_child(void)
{
	pid_t child = fork();

	if (child == 0) {
		circle();
		_exit(0);
	}
	waitpid(child, NULL, 0);
}

static void circle_of_processes(void)
{
	pid_t child = fork();

	if (child == 0) {
		take_forwards(NULL);
		_exit(0);
	}
	take_backwards(NULL);
}

/* A deadlock with itself. */
static void again(void)
{
	pthread_mutex_lock(&first);
	pthread_mutex_lock(&first);
}

/* In the child of vfork, which says who it is and then wants what its parent's thread has. */
static void again_in_vfork(void)
{
	char line[16];

	pthread_mutex_lock(&first);
	if (vfork() == 0) {
		int length = snprintf(line, sizeof(line), "%d\n", (int)getpid());

		check(write(1, line, length) == length);
		pthread_mutex_lock(&first);
		_exit(0);
	}
}

static void *lock_and_end(void *argument)
{
	pthread_mutex_lock(&second);
	return argument;
}

/* Nobody is left to signal: a wake-up that was lost. */
static void *wait_for_ever(void *argument)
{
	pthread_mutex_lock(&first);
	pthread_cond_wait(&never, &first);
	return argument;
}

static void hang(void)
{
	pthread_join(start(wait_for_ever, NULL), NULL);
}

/* As long as there is no other handler than one for what ends programs, nobody comes. */
static void hang_with_handler(void)
{
	signal(SIGTERM, leave);
	hang();
}

/* A lock that its thread took with it. */
static void orphan(void)
{
	start(work, NULL);
	pthread_join(start(lock_and_end, NULL), NULL);
	pthread_mutex_lock(&second);
}

static void barrier_one_short(void)
{
	pthread_barrier_wait(&shared->both_hold);
}

static void semaphore(void)
{
	static sem_t empty;

	sem_init(&empty, 0, 0);
	sem_wait(&empty);
}

/* Healthy ones. */

static void *idle(void *argument)
{
	pthread_mutex_lock(&first);
	for (;;)
		pthread_cond_wait(&never, &first);
	return argument;
}

/* An idle pool, and a main thread that sleeps. */
static void pool(void)
{
	for (int i = 0; i < 8; i++)
		start(idle, NULL);
	sleep(duration);
}

static void finish(int number)
{
	(void)number;
	_exit(0);
}

/* A handler may post it. */
static sem_t posted;

static void post(int number)
{
	(void)number;
	sem_post(&posted);
}

static void semaphore_with_handler(void)
{
	sem_init(&posted, 0, 0);
	signal(SIGALRM, post);
	alarm(duration);
	while (sem_wait(&posted) != 0)
		continue;
}

/* The same, but the main thread waits for a signal that comes, in the way `wait` does. */
static void pool_until_signal(void (*wait)(void))
{
	for (int i = 0; i < 8; i++)
		start(idle, NULL);
	alarm(duration);
	wait();
}

static void wait_pause(void)
{
	for (;;)
		pause();
}

static void until_alarm(void)
{
	signal(SIGALRM, finish);
	pool_until_signal(wait_pause);
}

/* All wait for a condition; a handler ends it all. */
static void wait_condition(void)
{
	idle(NULL);
}

static void until_alarm_in_condition(void)
{
	signal(SIGALRM, finish);
	pool_until_signal(wait_condition);
}

static void wait_sigwait(void)
{
	sigset_t set;
	int number;

	sigemptyset(&set);
	sigaddset(&set, SIGALRM);
	sigwait(&set, &number);
}

static void until_sigwait(void)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGALRM);
	pthread_sigmask(SIG_BLOCK, &set, NULL);
	pool_until_signal(wait_sigwait);
}

static void *read_pipe(void *argument)
{
	char byte;

	check(read(pipes[0], &byte, 1) == 1);
	exit(0);
	return argument;
}

/* Somebody waits for input; another process provides it. */
static void until_input(void)
{
	check(pipe(pipes) == 0);
	if (fork() == 0) {
		sleep(duration);
		check(write(pipes[1], "x", 1) == 1);
		_exit(0);
	}
	start(read_pipe, NULL);
	idle(NULL);
}

/* Waits for a lock for long, and gets it. */
static void *hold_long(void *argument)
{
	pthread_mutex_lock(&second);
	pthread_barrier_wait(&shared->both_hold);
	sleep(duration);
	pthread_mutex_unlock(&second);
	return argument;
}

static void slow(void)
{
	start(hold_long, NULL);
	pthread_barrier_wait(&shared->both_hold);
	pthread_mutex_lock(&first);
	pthread_mutex_lock(&second);
}

/* Holds one, waits for the other with a limit. */
static void *take_backwards_timed(void *argument)
{
	struct timespec until;

	pthread_mutex_lock(&shared->second);
	pthread_barrier_wait(&shared->both_hold);
	clock_gettime(CLOCK_REALTIME, &until);
	until.tv_sec += duration;
	pthread_mutex_timedlock(&shared->first, &until);
	pthread_mutex_unlock(&shared->second);
	return argument;
}

static void timed(void)
{
	pthread_t threads[2] = {start(take_forwards, NULL), start(take_backwards_timed, NULL)};

	pthread_join(threads[0], NULL);
	pthread_join(threads[1], NULL);
}

static const struct program {
	const char *name;
	void (*run)(void);
} programs[] = {
	{"circle", circle},
	{"work", circle_beside_work},
	{"handler", circle_with_handler},
	{"deaf", deaf_circle},
	{"child", circle_in_child},
	{"processes", circle_of_processes},
	{"again", again},
	{"vfork", again_in_vfork},
	{"hang", hang},
	{"hang-handler", hang_with_handler},
	{"orphan", orphan},
	{"barrier", barrier_one_short},
	{"semaphore", semaphore},
	{"semaphore-handler", semaphore_with_handler},
	{"pool", pool},
	{"alarm", until_alarm},
	{"alarm-condition", until_alarm_in_condition},
	{"sigwait", until_sigwait},
	{"input", until_input},
	{"slow", slow},
	{"timed", timed},
};

int main(int count, char **words)
{
	duration = count > 2 ? (unsigned)atoi(words[2]) : 0;
	make_shared();
	for (size_t i = 0; i < sizeof(programs) / sizeof(programs[0]); i++) {
		if (count < 2 || strcmp(words[1], programs[i].name))
			continue;
		programs[i].run();
		return 0;
	}
	return 2;
}
