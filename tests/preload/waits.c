/*
 * One thread blocked in each kind of wait; prints what each waits for, and is killed. The addresses
 * go with the operation's code: "OP ADDRESS MUTEX", where MUTEX is 0 or the mutex of a condition,
 * and ADDRESS 0 where it is not for the program to know.
 */

#include "waits.h"

#include "gordian/annotate.h"
#include "gordian/trace_format.h"

#include <fcntl.h>
#include <linux/futex.h>
#include <pthread.h>
#include <semaphore.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <threads.h>
#ifdef HAVE_GLIB
#include <glib.h>
#endif

static pthread_mutex_t taken = PTHREAD_MUTEX_INITIALIZER, interrupted = PTHREAD_MUTEX_INITIALIZER,
		       in_between = PTHREAD_MUTEX_INITIALIZER, for_once = PTHREAD_MUTEX_INITIALIZER,
		       tried = PTHREAD_MUTEX_INITIALIZER;
static pthread_rwlock_t readable = PTHREAD_RWLOCK_INITIALIZER;
static int handling, handled;
static pthread_mutex_t mine[3] = {PTHREAD_MUTEX_INITIALIZER, PTHREAD_MUTEX_INITIALIZER,
				  PTHREAD_MUTEX_INITIALIZER};
static pthread_cond_t never = PTHREAD_COND_INITIALIZER, late = PTHREAD_COND_INITIALIZER,
		      later = PTHREAD_COND_INITIALIZER;
static mtx_t c_mutex, c_mutex_timed;
static cnd_t c_never, c_late;
static pthread_barrier_t barrier;
static pthread_once_t once = PTHREAD_ONCE_INIT;
static once_flag flag = ONCE_FLAG_INIT;

static void stay(void)
{
	for (;;)
		sleep(3600);
}

static void wait_mutex(void)
{
	pthread_mutex_lock(&taken);
}

static void wait_interrupted(void)
{
	pthread_mutex_lock(&interrupted);
}

/* Takes what is free, in every shape of call, and waits for what is not. */
static void handle(int number)
{
	(void)number;
	pthread_mutex_trylock(&tried);
	pthread_mutex_unlock(&tried);
	pthread_mutex_lock(&for_once);
	pthread_mutex_unlock(&for_once);
	pthread_rwlock_rdlock(&readable);
	pthread_rwlock_unlock(&readable);
	__atomic_store_n(&handling, gettid(), __ATOMIC_RELEASE);
	pthread_mutex_lock(&in_between);
	pthread_mutex_unlock(&in_between);
	__atomic_store_n(&handled, gettid(), __ATOMIC_RELEASE);
}

static void wait_cond(void)
{
	pthread_mutex_lock(&mine[0]);
	pthread_cond_wait(&never, &mine[0]);
}

static void wait_cond_timed(void)
{
	struct timespec until = in_an_hour(CLOCK_REALTIME);

	pthread_mutex_lock(&mine[1]);
	pthread_cond_timedwait(&late, &mine[1], &until);
}

static void wait_cond_clock(void)
{
	struct timespec until = in_an_hour(CLOCK_MONOTONIC);

	pthread_mutex_lock(&mine[2]);
	pthread_cond_clockwait(&later, &mine[2], CLOCK_MONOTONIC, &until);
}

static void wait_cnd(void)
{
	mtx_lock(&c_mutex);
	cnd_wait(&c_never, &c_mutex);
}

static void wait_cnd_timed(void)
{
	struct timespec until = in_an_hour(CLOCK_REALTIME);

	mtx_lock(&c_mutex_timed);
	cnd_timedwait(&c_late, &c_mutex_timed, &until);
}

static void wait_barrier(void)
{
	pthread_barrier_wait(&barrier);
}

static pthread_rwlock_t written = PTHREAD_RWLOCK_INITIALIZER,
			read_only = PTHREAD_RWLOCK_INITIALIZER;
static sem_t empty, empty_timed, empty_clock, binary;
static pthread_spinlock_t spin;
static FILE *stream;
static pthread_t main_thread;
static int custom, custom_word = 1, files[2];
static uint64_t guard;
int __cxa_guard_acquire(uint64_t *guard);

static void wait_read(void)
{
	pthread_rwlock_rdlock(&written);
}

static void wait_write(void)
{
	pthread_rwlock_wrlock(&read_only);
}

static void wait_semaphore(void)
{
	sem_wait(&empty);
}

static void wait_semaphore_timed(void)
{
	struct timespec until = in_an_hour(CLOCK_REALTIME);

	sem_timedwait(&empty_timed, &until);
}

static void wait_semaphore_clock(void)
{
	struct timespec until = in_an_hour(CLOCK_MONOTONIC);

	sem_clockwait(&empty_clock, CLOCK_MONOTONIC, &until);
}

static void wait_semaphore_binary(void)
{
	sem_wait(&binary);
}

static void wait_spin(void)
{
	pthread_spin_lock(&spin);
}

static void wait_stream(void)
{
	flockfile(stream);
}

static void wait_join(void)
{
	pthread_join(main_thread, NULL);
}

static void wait_file(void)
{
	flock(files[1], LOCK_EX);
}

static void wait_custom(void)
{
	GORDIAN_WAIT(&custom, GORDIAN_EXCLUSIVE);
	syscall(SYS_futex, &custom_word, FUTEX_WAIT_PRIVATE, 1, NULL, NULL, 0);
}

static void initialise_guard(void)
{
	if (__cxa_guard_acquire(&guard))
		stay();
}

#ifdef HAVE_GLIB
static GMutex g_taken, g_mine, g_mine_until;
static GRecMutex g_entered;
static GRWLock g_written, g_read;
static GCond g_never, g_late;
static gsize g_location;
static GOnce g_once_control = G_ONCE_INIT;
static int g_word;

static void wait_g_mutex(void)
{
	g_mutex_lock(&g_taken);
}

static void wait_g_rec_mutex(void)
{
	g_rec_mutex_lock(&g_entered);
}

static void wait_g_write(void)
{
	g_rw_lock_writer_lock(&g_read);
}

static void wait_g_read(void)
{
	g_rw_lock_reader_lock(&g_written);
}

static void wait_g_cond(void)
{
	g_mutex_lock(&g_mine);
	g_cond_wait(&g_never, &g_mine);
}

static void wait_g_cond_until(void)
{
	g_mutex_lock(&g_mine_until);
	g_cond_wait_until(&g_late, &g_mine_until, g_get_monotonic_time() + G_TIME_SPAN_HOUR);
}

static void wait_g_bit(void)
{
	g_bit_lock(&g_word, 0);
}

static void initialise_g_location(void)
{
	if (g_once_init_enter(&g_location))
		stay();
}

static gpointer stay_once(gpointer argument)
{
	stay();
	return argument;
}

static void initialise_g_once(void)
{
	g_once(&g_once_control, stay_once, NULL);
}

static void take_g_locks(void)
{
	g_mutex_lock(&g_taken);
	g_rec_mutex_lock(&g_entered);
	g_rw_lock_writer_lock(&g_written);
	g_rw_lock_reader_lock(&g_read);
	g_bit_lock(&g_word, 0);
}
#endif

static void initialise_once(void)
{
	pthread_once(&once, stay);
}

static void initialise_flag(void)
{
	call_once(&flag, stay);
}

enum { SPINS = -1 }; /* in no call */

/* The order matters: the second to come to a once waits for the first. */
static const struct wait {
	void (*wait)(void);
	int op; /* 0: not in a wait of ours */
	const void *want, *mutex;
	long call; /* that it sleeps in; 0: futex */
} waits[] = {
	{initialise_once, 0, NULL, NULL, SYS_clock_nanosleep},
	{initialise_flag, 0, NULL, NULL, SYS_clock_nanosleep},
	{initialise_guard, 0, NULL, NULL, SYS_clock_nanosleep},
	{initialise_once, TRACE_OP_once_done, &once},
	{initialise_flag, TRACE_OP_call_once_done, &flag},
	{initialise_guard, TRACE_OP_guard_done, &guard},
	{wait_mutex, TRACE_OP_mutex_lock, &taken},
	{wait_interrupted, TRACE_OP_mutex_lock, &interrupted},
	{wait_cond, TRACE_OP_cond, &never, &mine[0]},
	{wait_cond_timed, TRACE_OP_cond_timed, &late, &mine[1]},
	{wait_cond_clock, TRACE_OP_cond_clock, &later, &mine[2]},
	{wait_cnd, TRACE_OP_cnd, &c_never, &c_mutex},
	{wait_cnd_timed, TRACE_OP_cnd_timed, &c_late, &c_mutex_timed},
	{wait_barrier, TRACE_OP_barrier_wait, &barrier},
	{wait_read, TRACE_OP_rwlock_rdlock, &written},
	{wait_write, TRACE_OP_rwlock_wrlock, &read_only},
	{wait_semaphore, TRACE_OP_sem_wait, &empty},
	{wait_semaphore_timed, TRACE_OP_sem_timedwait, &empty_timed},
	{wait_semaphore_clock, TRACE_OP_sem_clockwait, &empty_clock},
	{wait_semaphore_binary, TRACE_OP_sem_wait, &binary},
	{wait_spin, TRACE_OP_spin_lock, (void *)&spin, NULL, SPINS},
	{wait_stream, TRACE_OP_flockfile, &stream},
	{wait_join, TRACE_OP_join},
	{wait_file, TRACE_OP_flock, NULL, NULL, SYS_flock},
	{wait_custom, TRACE_OP_custom, &custom},
#ifdef HAVE_GLIB
	{initialise_g_location, 0, NULL, NULL, SYS_clock_nanosleep},
	{initialise_g_once, 0, NULL, NULL, SYS_clock_nanosleep},
	{initialise_g_location, TRACE_OP_g_once_init_done, &g_location},
	{initialise_g_once, TRACE_OP_g_once_done, &g_once_control},
	{wait_g_mutex, TRACE_OP_g_mutex_lock, &g_taken},
	{wait_g_rec_mutex, TRACE_OP_g_rec_mutex_lock, &g_entered},
	{wait_g_write, TRACE_OP_g_rw_lock_writer_lock, &g_read},
	{wait_g_read, TRACE_OP_g_rw_lock_reader_lock, &g_written},
	{wait_g_cond, TRACE_OP_g_cond, &g_never, &g_mine},
	{wait_g_cond_until, TRACE_OP_g_cond_until, &g_late, &g_mine_until},
	{wait_g_bit, TRACE_OP_g_bit_lock, &g_word},
#endif
};
enum { WAITS = sizeof(waits) / sizeof(waits[0]) };
static int tids[WAITS];

static void *run(void *argument)
{
	const struct wait *wait = argument;

	__atomic_store_n(&tids[wait - waits], gettid(), __ATOMIC_RELEASE);
	wait->wait();
	return NULL;
}

/* A handler waits on top of a wait, and is done: the thread is back where it was. */
static void interrupt(pthread_t thread)
{
	pthread_mutex_lock(&in_between);
	pthread_kill(thread, SIGUSR1);
	await_call(&handling, SYS_futex);
	pthread_mutex_unlock(&in_between);
	await_call(&handled, SYS_futex);
}

/* The lock of a stream is known by the stream. */
static const void *object_of(const struct wait *wait)
{
	if (wait->want == &stream)
		return stream;
	return wait->want == &custom ? (void *)((uintptr_t)&custom | UINT64_C(1) << 63)
				     : wait->want;
}

static void take_all(void)
{
	pthread_mutex_lock(&taken);
	pthread_mutex_lock(&interrupted);
	pthread_rwlock_wrlock(&written);
	pthread_rwlock_rdlock(&read_only);
	sem_init(&empty, 0, 0);
	sem_init(&empty_timed, 0, 0);
	sem_init(&empty_clock, 0, 0);
	sem_init(&binary, 0, 1);
	sem_wait(&binary);
	mtx_init(&c_mutex, mtx_plain);
	mtx_init(&c_mutex_timed, mtx_plain);
	cnd_init(&c_never);
	cnd_init(&c_late);
	pthread_barrier_init(&barrier, NULL, 2);
	pthread_spin_init(&spin, 0);
	pthread_spin_lock(&spin);
	main_thread = pthread_self();
	stream = tmpfile();
	flockfile(stream);
	files[0] = memfd_create("waits", MFD_CLOEXEC);
	flock(files[0], LOCK_EX);
#ifdef HAVE_GLIB
	take_g_locks();
#endif
}

int main(void)
{
	struct sigaction action = {.sa_handler = handle, .sa_flags = SA_RESTART};
	char path[64];

	sigaction(SIGUSR1, &action, NULL);
	take_all();
	snprintf(path, sizeof(path), "/proc/self/fd/%d", files[0]);
	files[1] = open(path, O_RDWR);
	for (int i = 0; i < WAITS; i++) {
		pthread_t thread;

		if (pthread_create(&thread, NULL, run, (void *)&waits[i]))
			abort();
		if (waits[i].call == SPINS)
			await_work(thread);
		else
			await_call(&tids[i], waits[i].call ? waits[i].call : SYS_futex);
		if (waits[i].wait == wait_interrupted)
			interrupt(thread);
		if (waits[i].op)
			expect_wait(waits[i].op, object_of(&waits[i]), waits[i].mutex);
	}
	die();
	return 1;
}
