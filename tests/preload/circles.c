/*
 * Deadlocks in which every kind of wait takes part, for the recorder to see them as they happen;
 * and a program that never deadlocks, with all the same kinds. The argument names one. Who
 * deadlocks is to be aborted (on_deadlock=abort).
 */
#include "waits.h"

#include <pthread.h>
#include <semaphore.h>

enum { LOCKS = 4, THREADS = 6, ROUNDS = 4000 };

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_rwlock_t rwlock = PTHREAD_RWLOCK_INITIALIZER;
static pthread_spinlock_t spin;
static pthread_once_t once = PTHREAD_ONCE_INIT;
static pthread_barrier_t both;
static pthread_t main_thread;
static int tid;

static pthread_t start(void *(*function)(void *), void *argument)
{
	pthread_t thread;

	if (pthread_create(&thread, NULL, function, argument))
		abort();
	return thread;
}

static void *mutex_then_rwlock(void *argument)
{
	pthread_mutex_lock(&mutex);
	pthread_barrier_wait(&both);
	pthread_rwlock_wrlock(&rwlock);
	return argument;
}

static void with_reader(void)
{
	start(mutex_then_rwlock, NULL);
	pthread_rwlock_rdlock(&rwlock);
	pthread_barrier_wait(&both);
	pthread_mutex_lock(&mutex);
}

static void with_writer(void)
{
	start(mutex_then_rwlock, NULL);
	pthread_rwlock_wrlock(&rwlock);
	pthread_barrier_wait(&both);
	pthread_mutex_lock(&mutex);
}

/* A reader that wants to write waits for itself. */
static void upgrade(void)
{
	pthread_rwlock_rdlock(&rwlock);
	pthread_rwlock_wrlock(&rwlock);
}

static void *write_alone(void *argument)
{
	tid = gettid();
	pthread_rwlock_wrlock(&rwlock);
	return argument;
}

/* A reader comes again behind a writer, who waits for it. */
static void writer_first(void)
{
	pthread_rwlockattr_t attributes;

	pthread_rwlockattr_init(&attributes);
	pthread_rwlockattr_setkind_np(&attributes, PTHREAD_RWLOCK_PREFER_WRITER_NONRECURSIVE_NP);
	pthread_rwlock_init(&rwlock, &attributes);
	pthread_rwlock_rdlock(&rwlock);
	start(write_alone, NULL);
	await_call(&tid, SYS_futex);
	pthread_rwlock_rdlock(&rwlock);
}

static void *mutex_then_spin(void *argument)
{
	pthread_mutex_lock(&mutex);
	pthread_barrier_wait(&both);
	pthread_spin_lock(&spin);
	return argument;
}

static void with_spin(void)
{
	start(mutex_then_spin, NULL);
	pthread_spin_lock(&spin);
	pthread_barrier_wait(&both);
	pthread_mutex_lock(&mutex);
}

static void initialise(void)
{
	pthread_barrier_wait(&both);
	pthread_mutex_lock(&mutex);
}

static void *run_once(void *argument)
{
	pthread_once(&once, initialise);
	return argument;
}

static void with_once(void)
{
	pthread_mutex_lock(&mutex);
	start(run_once, NULL);
	pthread_barrier_wait(&both);
	pthread_once(&once, initialise);
}

static void *wait_for_mutex(void *argument)
{
	tid = gettid();
	pthread_mutex_lock(&mutex);
	return argument;
}

static void with_join(void)
{
	pthread_t thread;

	pthread_mutex_lock(&mutex);
	thread = start(wait_for_mutex, NULL);
	await_call(&tid, SYS_futex);
	pthread_join(thread, NULL);
}

static void *lock_when_joined(void *argument)
{
	tid = getpid();
	await_call(&tid, SYS_futex);
	pthread_mutex_lock(&mutex);
	return argument;
}

/* The one that is joined comes last, and holds nothing. */
static void with_joined(void)
{
	pthread_t thread;

	pthread_mutex_lock(&mutex);
	thread = start(lock_when_joined, NULL);
	pthread_join(thread, NULL);
}

static void *join_main(void *argument)
{
	pthread_barrier_wait(&both);
	pthread_join(main_thread, NULL);
	return argument;
}

static void with_two_joins(void)
{
	pthread_t thread = start(join_main, NULL);

	pthread_barrier_wait(&both);
	pthread_join(thread, NULL);
}

/* All take the locks in one order, in whatever modes; handlers interrupt them and lock, too. */
static pthread_mutex_t mutexes[LOCKS],
	inner[2] = {PTHREAD_MUTEX_INITIALIZER, PTHREAD_MUTEX_INITIALIZER};
static pthread_rwlock_t rwlocks[LOCKS];
static pthread_spinlock_t spins[LOCKS];
static sem_t semaphores[LOCKS];
static int done;

static void handle(int number)
{
	(void)number;
	pthread_mutex_lock(&inner[0]);
	pthread_mutex_lock(&inner[1]);
	pthread_mutex_unlock(&inner[1]);
	pthread_mutex_unlock(&inner[0]);
}

static void take(unsigned lock, unsigned mode)
{
	switch (lock % 4) {
	case 0:
		pthread_mutex_lock(&mutexes[lock / 4]);
		break;
	case 1:
		if (mode % 2)
			pthread_rwlock_rdlock(&rwlocks[lock / 4]);
		else
			pthread_rwlock_wrlock(&rwlocks[lock / 4]);
		break;
	case 2:
		pthread_spin_lock(&spins[lock / 4]);
		break;
	default:
		while (sem_wait(&semaphores[lock / 4]) != 0)
			continue;
	}
}

static void give(unsigned lock)
{
	switch (lock % 4) {
	case 0:
		pthread_mutex_unlock(&mutexes[lock / 4]);
		break;
	case 1:
		pthread_rwlock_unlock(&rwlocks[lock / 4]);
		break;
	case 2:
		pthread_spin_unlock(&spins[lock / 4]);
		break;
	default:
		sem_post(&semaphores[lock / 4]);
	}
}

static void *work(void *argument)
{
	unsigned seed = (unsigned)(size_t)argument;

	for (int i = 0; i < ROUNDS; i++) {
		unsigned held[LOCKS], count = 0, lock = (unsigned)rand_r(&seed) % 3;

		for (; lock < 4 * LOCKS && count < LOCKS; lock += 1 + (unsigned)rand_r(&seed) % 4)
			take(held[count++] = lock, (unsigned)rand_r(&seed));
		while (count)
			give(held[--count]);
	}
	__atomic_add_fetch(&done, 1, __ATOMIC_RELEASE);
	/* Signals come until all are done. */
	while (__atomic_load_n(&done, __ATOMIC_ACQUIRE) <= THREADS)
		usleep(1000);
	return argument;
}

static void healthy(void)
{
	struct sigaction action = {.sa_handler = handle, .sa_flags = SA_RESTART};
	pthread_rwlockattr_t attributes;
	pthread_t threads[THREADS];

	sigaction(SIGUSR1, &action, NULL);
	pthread_rwlockattr_init(&attributes);
	for (int i = 0; i < LOCKS; i++) {
		pthread_mutex_init(&mutexes[i], NULL);
		pthread_rwlock_init(&rwlocks[i], &attributes);
		pthread_rwlockattr_setkind_np(&attributes,
					      PTHREAD_RWLOCK_PREFER_WRITER_NONRECURSIVE_NP);
		pthread_spin_init(&spins[i], 0);
		sem_init(&semaphores[i], 0, 1);
	}
	for (size_t i = 0; i < THREADS; i++)
		threads[i] = start(work, (void *)(i + 1));
	for (int i = 0; __atomic_load_n(&done, __ATOMIC_ACQUIRE) < THREADS; i++) {
		pthread_kill(threads[i % THREADS], SIGUSR1);
		usleep(200);
	}
	__atomic_add_fetch(&done, 1, __ATOMIC_RELEASE);
	for (int i = 0; i < THREADS; i++)
		pthread_join(threads[i], NULL);
}

static const struct circle {
	const char *name;
	void (*run)(void);
} circles[] = {
	{"reader", with_reader},   {"writer", with_writer},
	{"upgrade", upgrade},	   {"writer-first", writer_first},
	{"spin", with_spin},	   {"once", with_once},
	{"join", with_join},	   {"joined", with_joined},
	{"joins", with_two_joins}, {"healthy", healthy},
};

int main(int count, char **words)
{
	main_thread = pthread_self();
	pthread_barrier_init(&both, NULL, 2);
	pthread_spin_init(&spin, 0);
	for (size_t i = 0; i < sizeof(circles) / sizeof(circles[0]); i++) {
		if (count != 2 || strcmp(words[1], circles[i].name) != 0)
			continue;
		circles[i].run();
		return 0;
	}
	return 2;
}
