/*
 * The program that `gordian ps` looks at. It does one of these, and never ends by itself:
 *
 *	deadlock   two threads take two locks in opposite orders, at the same time; main joins one
 *	lost       a thread waits for a condition that nobody signals; main joins it
 *	healthy    a thread holds a lock and sleeps; another one waits for that, with a time limit;
 *		   main waits for input
 *	busy       two threads pass a token to and fro, so that one of them always waits
 *	forked     a child makes a lock anew that was taken before the fork; main waits for it
 */
#include <pthread.h>
#include <stdbool.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static pthread_mutex_t first_lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t second_lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t third_lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t ready = PTHREAD_COND_INITIALIZER;
static pthread_barrier_t both;
static int token;

static pthread_t start(void *(*routine)(void *), void *argument)
{
	pthread_t thread;

	pthread_create(&thread, NULL, routine, argument);
	return thread;
}

static void *one(void *argument)
{
	pthread_mutex_lock(&first_lock);
	pthread_barrier_wait(&both);
	pthread_mutex_lock(&second_lock);
	return argument;
}

static void *two(void *argument)
{
	pthread_mutex_lock(&second_lock);
	pthread_barrier_wait(&both);
	pthread_mutex_lock(&first_lock);
	return argument;
}

static void deadlock(void)
{
	pthread_t thread;

	pthread_barrier_init(&both, NULL, 2);
	thread = start(one, NULL);
	start(two, NULL);
	pthread_join(thread, NULL);
}

static void *wait_ready(void *argument)
{
	pthread_mutex_lock(&first_lock);
	pthread_cond_wait(&ready, &first_lock);
	pthread_mutex_unlock(&first_lock);
	return argument;
}

static void lost(void)
{
	pthread_cond_signal(&ready);
	pthread_join(start(wait_ready, NULL), NULL);
}

static void *hold(void *argument)
{
	pthread_mutex_lock(&first_lock);
	pthread_barrier_wait(&both);
	for (;;)
		pause();
	return argument;
}

static void *wait_limited(void *argument)
{
	struct timespec until;

	pthread_barrier_wait(&both);
	clock_gettime(CLOCK_REALTIME, &until);
	until.tv_sec += 3600;
	pthread_mutex_timedlock(&first_lock, &until);
	return argument;
}

static void healthy(void)
{
	char byte;

	pthread_barrier_init(&both, NULL, 2);
	start(hold, NULL);
	start(wait_limited, NULL);
	while (read(STDIN_FILENO, &byte, 1) >= 0)
		;
}

static void *pass(void *argument)
{
	int own = *(int *)argument;

	pthread_mutex_lock(&first_lock);
	for (;;) {
		while (token != own)
			pthread_cond_wait(&ready, &first_lock);
		token = !own;
		pthread_cond_broadcast(&ready);
	}
	return argument;
}

static void busy(void)
{
	static int owns[] = {0, 1};

	start(pass, &owns[0]);
	pthread_join(start(pass, &owns[1]), NULL);
}

/* The child makes the first one anew, and keeps the second. It goes on when its parent has given
 * both back. */
static void forked(void)
{
	int given[2];
	pid_t child;
	char byte;

	if (pipe(given))
		_exit(1);
	pthread_mutex_lock(&first_lock);
	pthread_mutex_lock(&second_lock);
	child = fork();
	if (child == 0) {
		close(given[1]);
		pthread_mutex_init(&first_lock, NULL);
		while (read(given[0], &byte, 1) > 0)
			;
		pthread_mutex_lock(&third_lock);
		while (read(STDIN_FILENO, &byte, 1) > 0)
			;
		_exit(0);
	}
	pthread_mutex_unlock(&second_lock);
	pthread_mutex_unlock(&first_lock);
	close(given[1]);
	waitpid(child, NULL, 0);
}

int main(int argc, char **argv)
{
	static const struct {
		const char *name;
		void (*run)(void);
	} things[] = {{"deadlock", deadlock},
		      {"lost", lost},
		      {"healthy", healthy},
		      {"busy", busy},
		      {"forked", forked}};

	for (unsigned i = 0; argc > 1 && i < sizeof(things) / sizeof(*things); i++)
		if (strcmp(argv[1], things[i].name) == 0)
			things[i].run();
	return 2;
}
