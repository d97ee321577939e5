/*
 * Plays a random program, by one schedule.
 *
 *	player KIND,... STEP...
 *
 * The kinds are those of the objects (objects.c); a step is THREAD:OPERATION:OBJECT:SITE, and the
 * steps follow each other as they are written. Thread 0 is the main thread; the others begin with
 * the `create` of their number. A step with a `!` behind it passes on before its call, which waits;
 * THREAD:through is where that call has returned. A step with a `?` comes when all who wait so
 * sleep. The exit code is 3 when a call did not come out as its operation says.
 *
 * Threads take turns by reading and writing event counters of their own, in system calls without a
 * function of the C library: nothing that a recorder could take for an order comes of it.
 */
#include "objects.h"
#include <errno.h>
#include <fcntl.h>
#include <link.h>
#include <linux/futex.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

enum {
	MOST_THREADS = 8,
	MOST_STEPS = 400,
	SITES = 12,
};

struct step;

/* An operation: what it does, and what the call returns. */
struct operation {
	const char *name;
	int (*perform)(const struct step *step);
	int result;
};

struct step {
	int thread;
	const struct operation *operation; /* NULL: through */
	int object;			   /* or a thread */
	int site;
	bool waits;
	bool settled;
};

static struct step steps[MOST_STEPS];
static int step_count;
static pthread_t threads[MOST_THREADS];
static int turns[MOST_THREADS];
static int sleeping[MOST_THREADS]; /* the thread's id, when it is about to sleep */
static int ended;		   /* a token for each thread that has done all its steps */

/* The system call itself: syscall() could be anybody's. */
static long raw(long number, long a, long b, long c)
{
	long result;

#ifdef __x86_64__
	__asm__ volatile("syscall"
			 : "=a"(result)
			 : "a"(number), "D"(a), "S"(b), "d"(c)
			 : "rcx", "r11", "memory");
#else
	result = syscall(number, a, b, c);
#endif
	return result;
}

static void token_await(int counter)
{
	uint64_t count;

	while (raw(SYS_read, counter, (long)&count, sizeof(count)) != sizeof(count))
		;
}

/* After step i: whoever has the next one. */
static void turn_pass(int i)
{
	uint64_t one = 1;

	if (i + 1 < step_count && steps[i + 1].thread != steps[i].thread)
		raw(SYS_write, turns[steps[i + 1].thread], (long)&one, sizeof(one));
}

/* Where the recorder and its variables are. */
static uintptr_t recorder_begin, recorder_end;

static int find_recorder(struct dl_phdr_info *info, size_t size, void *context)
{
	(void)size, (void)context;
	if (!strstr(info->dlpi_name, "libgordian"))
		return 0;
	recorder_begin = info->dlpi_addr;
	for (int i = 0; i < info->dlpi_phnum; i++)
		if (info->dlpi_phdr[i].p_type == PT_LOAD)
			recorder_end = recorder_begin + info->dlpi_phdr[i].p_vaddr +
				       info->dlpi_phdr[i].p_memsz;
	return 1;
}

/* Whether that is what a thread does that waits in a futex call (/proc/PID/syscall), and not
 * because the recorder is busy. */
static bool is_asleep(const char *text)
{
	unsigned long futex, operation;
	long number;

	if (sscanf(text, "%ld 0x%lx 0x%lx", &number, &futex, &operation) != 3)
		return false;
	return number == SYS_futex && (operation & FUTEX_CMD_MASK) != FUTEX_WAKE &&
	       (futex < recorder_begin || futex >= recorder_end);
}

/* Waits until the thread is in the futex call that it was about to make. */
static void sleep_await(const int *tid)
{
	char path[64], text[64];

	for (;;) {
		int now = __atomic_load_n(tid, __ATOMIC_ACQUIRE);

		if (!now)
			return;
		snprintf(path, sizeof(path), "/proc/self/task/%d/syscall", now);
		long file = raw(SYS_open, (long)path, O_RDONLY | O_CLOEXEC, 0);
		long length = raw(SYS_read, file, (long)text, sizeof(text) - 1);

		raw(SYS_close, file, 0, 0);
		text[length > 0 ? length : 0] = '\0';
		if (is_asleep(text))
			return;
		raw(SYS_sched_yield, 0, 0, 0);
	}
}

static void settle(void)
{
	for (int i = 0; i < MOST_THREADS; i++)
		sleep_await(&sleeping[i]);
}

/* Every call stands once in each site, so that a recorder sees as many places as there are sites.
 */
#define SITE(n, call) \
	case n: \
		result = call; \
		__asm__ volatile("# site " #n); \
		break;
#define AT_SITE(step, call) \
	__extension__({ \
		int result = -1; \
		switch ((step)->site) { \
			SITE(0, call) \
			SITE(1, call) \
			SITE(2, call) \
			SITE(3, call) \
			SITE(4, call) \
			SITE(5, call) \
			SITE(6, call) \
			SITE(7, call) \
			SITE(8, call) \
			SITE(9, call) \
			SITE(10, call) \
			SITE(11, call) \
		} \
		result; \
	})

static struct object *object_of(const struct step *step)
{
	return &objects[step->object];
}

/* What a semaphore's function returns, as the others do. */
static int semaphore_error(int result)
{
	return result == 0 ? 0 : errno;
}

static int perform_lock(const struct step *step)
{
	struct object *object = object_of(step);

	switch (object->kind) {
	case RWLOCK:
	case WRITERFIRST:
		return AT_SITE(step, pthread_rwlock_wrlock(&object->lock->rwlock));
	case SPIN:
		return AT_SITE(step, pthread_spin_lock(&object->lock->spin));
	case SEMLOCK:
	case SEM0:
	case SEM1:
	case SEM2:
		return semaphore_error(AT_SITE(step, sem_wait(&object->lock->semaphore)));
	default:
		return AT_SITE(step, pthread_mutex_lock(&object->lock->mutex));
	}
}

static int perform_read(const struct step *step)
{
	return AT_SITE(step, pthread_rwlock_rdlock(&object_of(step)->lock->rwlock));
}

static int perform_try(const struct step *step)
{
	struct object *object = object_of(step);

	switch (object->kind) {
	case RWLOCK:
	case WRITERFIRST:
		return AT_SITE(step, pthread_rwlock_trywrlock(&object->lock->rwlock));
	case SPIN:
		return AT_SITE(step, pthread_spin_trylock(&object->lock->spin));
	case SEMLOCK:
	case SEM0:
	case SEM1:
	case SEM2:
		return semaphore_error(AT_SITE(step, sem_trywait(&object->lock->semaphore)));
	default:
		return AT_SITE(step, pthread_mutex_trylock(&object->lock->mutex));
	}
}

static int perform_tryread(const struct step *step)
{
	return AT_SITE(step, pthread_rwlock_tryrdlock(&object_of(step)->lock->rwlock));
}

/* So far away that it does not run out, or run out already. */
static struct timespec limit_of(const struct step *step)
{
	struct timespec until;

	clock_gettime(CLOCK_REALTIME, &until);
	until.tv_sec += step->operation->result ? -1 : 3600;
	return until;
}

static int perform_timed(const struct step *step)
{
	struct object *object = object_of(step);
	struct timespec until = limit_of(step);

	switch (object->kind) {
	case RWLOCK:
	case WRITERFIRST:
		return AT_SITE(step, pthread_rwlock_timedwrlock(&object->lock->rwlock, &until));
	case SEMLOCK:
	case SEM0:
	case SEM1:
	case SEM2:
		return semaphore_error(
			AT_SITE(step, sem_timedwait(&object->lock->semaphore, &until)));
	default:
		return AT_SITE(step, pthread_mutex_timedlock(&object->lock->mutex, &until));
	}
}

static int perform_timedread(const struct step *step)
{
	struct timespec until = limit_of(step);

	return AT_SITE(step, pthread_rwlock_timedrdlock(&object_of(step)->lock->rwlock, &until));
}

static int perform_unlock(const struct step *step)
{
	struct object *object = object_of(step);

	switch (object->kind) {
	case RWLOCK:
	case WRITERFIRST:
		return AT_SITE(step, pthread_rwlock_unlock(&object->lock->rwlock));
	case SPIN:
		return AT_SITE(step, pthread_spin_unlock(&object->lock->spin));
	case SEMLOCK:
	case SEM0:
	case SEM1:
	case SEM2:
		return semaphore_error(AT_SITE(step, sem_post(&object->lock->semaphore)));
	default:
		return AT_SITE(step, pthread_mutex_unlock(&object->lock->mutex));
	}
}

static int perform_barrier(const struct step *step)
{
	int result = AT_SITE(step, pthread_barrier_wait(&object_of(step)->lock->barrier));

	return result == PTHREAD_BARRIER_SERIAL_THREAD ? 0 : result;
}

static int perform_set(const struct step *step)
{
	struct object *object = object_of(step);

	pthread_mutex_lock(&object->mutex);
	object->set = true;
	int result = AT_SITE(step, pthread_cond_broadcast(&object->lock->condition));
	pthread_mutex_unlock(&object->mutex);
	return result;
}

static int perform_await(const struct step *step)
{
	struct object *object = object_of(step);
	int result = 0;

	pthread_mutex_lock(&object->mutex);
	while (!object->set && result == 0)
		result = AT_SITE(step, pthread_cond_wait(&object->lock->condition, &object->mutex));
	pthread_mutex_unlock(&object->mutex);
	return result;
}

static int perform_renew(const struct step *step)
{
	return object_renew(object_of(step));
}

static void run(int thread);

static void *begin(void *argument)
{
	char name[16];
	int thread = (int)(intptr_t)argument;
	uint64_t one = 1;

	snprintf(name, sizeof(name), "t%d", thread);
	prctl(PR_SET_NAME, name);
	run(thread);
	raw(SYS_write, ended, (long)&one, sizeof(one));
	return NULL;
}

static int perform_create(const struct step *step)
{
	void *argument = (void *)(intptr_t)step->object;

	return AT_SITE(step, pthread_create(&threads[step->object], NULL, begin, argument));
}

static int perform_join(const struct step *step)
{
	return AT_SITE(step, pthread_join(threads[step->object], NULL));
}

static const struct operation operations[] = {
	{"lock", perform_lock, 0},
	{"read", perform_read, 0},
	{"try", perform_try, 0},
	{"try-fails", perform_try, -1},
	{"tryread", perform_tryread, 0},
	{"tryread-fails", perform_tryread, -1},
	{"timed", perform_timed, 0},
	{"timed-fails", perform_timed, -1},
	{"timedread", perform_timedread, 0},
	{"timedread-fails", perform_timedread, -1},
	{"unlock", perform_unlock, 0},
	{"wait", perform_lock, 0},
	{"trywait", perform_try, 0},
	{"trywait-fails", perform_try, -1},
	{"timedwait", perform_timed, 0},
	{"timedwait-fails", perform_timed, -1},
	{"post", perform_unlock, 0},
	{"renew", perform_renew, 0},
	{"barrier", perform_barrier, 0},
	{"set", perform_set, 0},
	{"await", perform_await, 0},
	{"create", perform_create, 0},
	{"join", perform_join, 0},
};

/* Says which threads sleep, or are about to: the last step waits, and so does all the program. */
static void tell_sleepers(void)
{
	char text[16 * MOST_THREADS] = "";
	int length = 0;

	for (int i = 0; i < MOST_THREADS; i++) {
		int tid = __atomic_load_n(&sleeping[i], __ATOMIC_ACQUIRE);

		if (tid)
			length += snprintf(text + length, sizeof(text) - length, "%d ", tid);
	}
	text[length++] = '\n';
	raw(SYS_write, STDOUT_FILENO, (long)text, length);
}

/* The call of step i waits: the next step's thread goes on meanwhile. */
static void wait_begin(int i)
{
	const struct step *step = &steps[i];
	bool spins = step->operation->perform == perform_lock && object_of(step)->kind == SPIN;

	if (!spins)
		__atomic_store_n(&sleeping[step->thread], (int)raw(SYS_gettid, 0, 0, 0),
				 __ATOMIC_RELEASE);
	if (i == step_count - 1)
		tell_sleepers();
	turn_pass(i);
}

/* All steps of a thread, each when it is its turn. */
static void run(int thread)
{
	for (int i = 0; i < step_count; i++) {
		const struct step *step = &steps[i];

		if (step->thread != thread)
			continue;
		if (i > 0 && steps[i - 1].thread != thread)
			token_await(turns[thread]);
		if (step->settled)
			settle();
		if (step->waits)
			wait_begin(i);
		if (step->operation &&
		    (step->operation->perform(step) == 0) != (step->operation->result == 0))
			fail("came out otherwise: ", step->operation->name);
		if (step->waits)
			__atomic_store_n(&sleeping[thread], 0, __ATOMIC_RELEASE);
		else
			turn_pass(i);
	}
}

static const struct operation *operation_find(const char *name)
{
	for (size_t i = 0; i < sizeof(operations) / sizeof(*operations); i++)
		if (strcmp(operations[i].name, name) == 0)
			return &operations[i];
	return NULL;
}

static struct step step_read(const char *text)
{
	struct step step = {.thread = -1};
	char name[24] = "", marks[3] = "";
	int fields = sscanf(text, "%d:%23[a-z-]:%d:%d%2s", &step.thread, name, &step.object,
			    &step.site, marks);

	step.operation = operation_find(name);
	step.waits = strchr(marks, '!');
	step.settled = strchr(marks, '?');
	if (step.thread < 0 || step.thread >= MOST_THREADS || step.object < 0 ||
	    step.object >= (int)PLAYER_MAX_OBJECTS || step.site < 0 || step.site >= SITES ||
	    (step.operation ? fields < 4 : strcmp(name, "through") != 0))
		fail("not a step: ", text);
	return step;
}

int main(int argc, char **argv)
{
	if (argc < 2 || argc - 2 > MOST_STEPS)
		fail("KIND,... STEP...", "");
	dl_iterate_phdr(find_recorder, NULL);
	objects_make(argv[1]);
	for (int i = 2; i < argc; i++)
		steps[step_count++] = step_read(argv[i]);
	for (int i = 0; i < MOST_THREADS; i++)
		turns[i] = eventfd(0, EFD_CLOEXEC);
	ended = eventfd(0, EFD_CLOEXEC | EFD_SEMAPHORE);
	run(0);
	for (int i = 0; i < step_count; i++)
		if (steps[i].operation && steps[i].operation->perform == perform_create)
			token_await(ended);
	return 0;
}
