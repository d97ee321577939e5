/*
 * The program that the command line's tests record. Its arguments are done one after the other:
 *
 *	lock            two threads take two locks, both in the same order
 *	invert          two threads take two locks in opposite orders, never at the same time
 *	both            those of `invert` in another pair of functions: a second finding
 *	pairs N         one thread takes every pair of N locks, in the same order
 *	print TEXT      a line on standard output
 *	complain TEXT   a line on standard error
 *	echo            standard input to standard output
 *	signals         what is blocked and ignored, as the kernel has it
 *	variables       the environment
 *	sleep SECONDS
 *	trap SIGNAL     from now on, count it
 *	deaf SIGNAL     from now on, ignore it
 *	await           until a counted signal has come
 *	counted         how many counted signals have come
 *	kill SIGNAL     itself
 *	daemon SECONDS  a child that takes a lock, and lives on for so long
 *	idle N          N children, one after the other, that end at once
 *	exec PROG ARG…  become another program
 *	exit N
 */
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

static pthread_mutex_t first_lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t second_lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t third_lock = PTHREAD_MUTEX_INITIALIZER;
static volatile int turn; /* of two_threads */
static volatile sig_atomic_t counted;

static void take(pthread_mutex_t *outer, pthread_mutex_t *inner)
{
	pthread_mutex_lock(outer);
	pthread_mutex_lock(inner);
	pthread_mutex_unlock(inner);
	pthread_mutex_unlock(outer);
}

static void *take_early(void *inner)
{
	take(&first_lock, inner);
	turn = 1;
	return NULL;
}

/* For a bounded time: so it is chance that they do not meet, and no order. */
static void await_turn(void)
{
	for (int ms = 0; !turn && ms < 5000; ms++)
		usleep(1000);
}

static void *take_late(void *inner)
{
	await_turn();
	take(&first_lock, inner);
	return NULL;
}

static void *take_late_inverted(void *inner)
{
	await_turn();
	take(inner, &first_lock);
	return NULL;
}

static void two_threads(void *(*late)(void *), pthread_mutex_t *inner)
{
	pthread_t threads[2];

	turn = 0;
	pthread_create(&threads[0], NULL, take_early, inner);
	pthread_create(&threads[1], NULL, late, inner);
	pthread_join(threads[0], NULL);
	pthread_join(threads[1], NULL);
}

static void take_pairs(int count)
{
	pthread_mutex_t *locks = calloc(count, sizeof(*locks));

	for (int inner = 0; inner < count; inner++)
		for (int outer = 0; outer < inner; outer++)
			take(&locks[outer], &locks[inner]);
	free(locks);
}

static void copy_input(void)
{
	char buffer[4096];
	size_t length;

	while ((length = fread(buffer, 1, sizeof(buffer), stdin)))
		fwrite(buffer, 1, length, stdout);
}

static void print_signals(void)
{
	FILE *status = fopen("/proc/self/status", "r");
	char line[256];

	while (fgets(line, sizeof(line), status))
		if (!strncmp(line, "SigBlk", 6) || !strncmp(line, "SigIgn", 6))
			fputs(line, stdout);
	fclose(status);
}

static void count_signal(int signal)
{
	(void)signal;
	counted++;
}

/* Returns when the child has taken its locks. */
static void daemon_child(double seconds)
{
	int done[2];
	char byte;

	if (pipe(done))
		abort();
	if (fork()) {
		close(done[1]);
		if (read(done[0], &byte, 1))
			abort();
		return;
	}
	take(&first_lock, &second_lock);
	fclose(stdin);
	fclose(stdout);
	fclose(stderr);
	close(done[1]);
	usleep(seconds * 1e6);
	_exit(0);
}

static void idle_children(int count)
{
	for (int i = 0; i < count; i++) {
		if (!fork())
			_exit(0);
		wait(NULL);
	}
}

static char **do_one(char **word)
{
	const char *name = *word++;

	if (!strcmp(name, "lock"))
		two_threads(take_late, &second_lock);
	else if (!strcmp(name, "invert"))
		two_threads(take_late_inverted, &second_lock);
	else if (!strcmp(name, "both"))
		two_threads(take_late_inverted, &third_lock);
	else if (!strcmp(name, "pairs"))
		take_pairs(atoi(*word++));
	else if (!strcmp(name, "print"))
		puts(*word++);
	else if (!strcmp(name, "complain"))
		fprintf(stderr, "%s\n", *word++);
	else if (!strcmp(name, "echo"))
		copy_input();
	else if (!strcmp(name, "signals"))
		print_signals();
	else if (!strcmp(name, "variables"))
		for (char **variable = environ; *variable; variable++)
			puts(*variable);
	else if (!strcmp(name, "sleep"))
		usleep(atof(*word++) * 1e6);
	else if (!strcmp(name, "trap"))
		signal(atoi(*word++), count_signal);
	else if (!strcmp(name, "deaf"))
		signal(atoi(*word++), SIG_IGN);
	else if (!strcmp(name, "await"))
		while (!counted)
			usleep(1000);
	else if (!strcmp(name, "counted"))
		printf("counted %d\n", (int)counted);
	else if (!strcmp(name, "kill"))
		kill(getpid(), atoi(*word++));
	else if (!strcmp(name, "daemon"))
		daemon_child(atof(*word++));
	else if (!strcmp(name, "idle"))
		idle_children(atoi(*word++));
	else if (!strcmp(name, "exec"))
		execvp(*word, word);
	else if (!strcmp(name, "exit"))
		exit(atoi(*word));
	else
		abort();
	fflush(stdout);
	return word;
}

int main(int argc, char **argv)
{
	(void)argc;
	for (char **word = argv + 1; *word;)
		word = do_one(word);
	return 0;
}
