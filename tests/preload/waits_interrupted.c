/*
 * A signal handler interrupts a wait and waits itself, in each kind of call; when it is done, the
 * thread is back in the first wait, which is what it is to be found in. Others are cancelled in a
 * wait and wait for something else in their clean-up. Prints what each waits for in the end (see
 * waits.c), and is killed.
 */

#include "waits.h"

#include "gordian/trace_format.h"

#include <fcntl.h>
#include <pthread.h>
#include <semaphore.h>
#include <sys/file.h>
#include <sys/mman.h>

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_rwlock_t rwlock = PTHREAD_RWLOCK_INITIALIZER;
static pthread_mutex_t cond_mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t cond = PTHREAD_COND_INITIALIZER;
static pthread_barrier_t barrier;
static pthread_once_t once = PTHREAD_ONCE_INIT;
static sem_t semaphore, initialised, joinable, never_posted;
static int files[3];
static int ready; /* of the condition */
static pthread_once_t once_inside = PTHREAD_ONCE_INIT;

static void wait_mutex(void)
{
	pthread_mutex_lock(&mutex);
	pthread_mutex_unlock(&mutex);
}

static void end_mutex(void)
{
	pthread_mutex_unlock(&mutex);
}

static void wait_rwlock(void)
{
	pthread_rwlock_rdlock(&rwlock);
	pthread_rwlock_unlock(&rwlock);
}

static void end_rwlock(void)
{
	pthread_rwlock_unlock(&rwlock);
}

static void wait_semaphore(void)
{
	sem_wait(&semaphore);
	/* Once more, without having to wait. */
	sem_wait(&semaphore);
}

static void end_semaphore(void)
{
	sem_post(&semaphore);
	sem_post(&semaphore);
}

static void wait_cond(void)
{
	pthread_mutex_lock(&cond_mutex);
	while (!ready)
		pthread_cond_wait(&cond, &cond_mutex);
	pthread_mutex_unlock(&cond_mutex);
}

static void end_cond(void)
{
	pthread_mutex_lock(&cond_mutex);
	ready = 1;
	pthread_cond_signal(&cond);
	pthread_mutex_unlock(&cond_mutex);
}

static void wait_barrier(void)
{
	pthread_barrier_wait(&barrier);
}

static void initialise(void)
{
	sem_wait(&initialised);
}

static void *initialise_once(void *argument)
{
	pthread_once(&once, initialise);
	return argument;
}

static void wait_once(void)
{
	pthread_once(&once, initialise);
}

static void end_once(void)
{
	sem_post(&initialised);
}

/* Runs the initialiser itself, which waits. */
static void run_once(void)
{
	pthread_once(&once_inside, wait_semaphore);
}

static void *until_joined(void *argument)
{
	sem_wait(&joinable);
	return argument;
}

static void wait_join(void)
{
	pthread_t thread;

	if (pthread_create(&thread, NULL, until_joined, NULL))
		abort();
	pthread_join(thread, NULL);
}

static void end_join(void)
{
	sem_post(&joinable);
}

static void wait_file(void)
{
	flock(files[1], LOCK_EX);
	flock(files[1], LOCK_UN);
}

static void end_file(void)
{
	flock(files[0], LOCK_UN);
}

static const struct inner {
	void (*wait)(void);
	void (*end)(void);
	long call;
} inners[] = {
	{wait_mutex, end_mutex, SYS_futex},	    {wait_rwlock, end_rwlock, SYS_futex},
	{wait_semaphore, end_semaphore, SYS_futex}, {wait_cond, end_cond, SYS_futex},
	{wait_barrier, wait_barrier, SYS_futex},    {wait_once, end_once, SYS_futex},
	{run_once, end_semaphore, SYS_futex},	    {wait_join, end_join, SYS_futex},
	{wait_file, end_file, SYS_flock},
};
enum { INNERS = sizeof(inners) / sizeof(inners[0]) };

/* What the interrupted calls wait for. */
static pthread_mutex_t outer[INNERS],
	cleanup_mutex[2] = {PTHREAD_MUTEX_INITIALIZER, PTHREAD_MUTEX_INITIALIZER};
static int tids[INNERS], handling, handled, cancelled[2], cleaning[2];
static __thread const struct inner *mine;

static void handle(int number)
{
	(void)number;
	__atomic_store_n(&handling, gettid(), __ATOMIC_RELEASE);
	mine->wait();
	__atomic_store_n(&handled, gettid(), __ATOMIC_RELEASE);
}

static void *run(void *argument)
{
	mine = argument;
	__atomic_store_n(&tids[mine - inners], gettid(), __ATOMIC_RELEASE);
	pthread_mutex_lock(&outer[mine - inners]);
	return NULL;
}

static void interrupt(int i)
{
	pthread_t thread;

	handling = handled = 0;
	pthread_mutex_init(&outer[i], NULL);
	pthread_mutex_lock(&outer[i]);
	if (pthread_create(&thread, NULL, run, (void *)&inners[i]))
		abort();
	await_call(&tids[i], SYS_futex);
	pthread_kill(thread, SIGUSR1);
	await_call(&handling, inners[i].call);
	inners[i].end();
	await_call(&handled, SYS_futex);
	expect_wait(TRACE_OP_mutex_lock, &outer[i], NULL);
}

static void clean_up(void *argument)
{
	int i = *(int *)argument;

	__atomic_store_n(&cleaning[i], gettid(), __ATOMIC_RELEASE);
	pthread_mutex_lock(&cleanup_mutex[i]);
}

static void *run_cancelled(void *argument)
{
	struct flock record = {.l_type = F_WRLCK};
	int i = *(int *)argument;

	pthread_cleanup_push(clean_up, &i);
	__atomic_store_n(&cancelled[i], gettid(), __ATOMIC_RELEASE);
	if (i)
		fcntl(files[2], F_OFD_SETLKW, &record);
	else
		sem_wait(&never_posted);
	pthread_cleanup_pop(0);
	return NULL;
}

static void cancel(int i, long call)
{
	pthread_t thread;

	pthread_mutex_lock(&cleanup_mutex[i]);
	if (pthread_create(&thread, NULL, run_cancelled, &i))
		abort();
	await_call(&cancelled[i], call);
	pthread_cancel(thread);
	await_call(&cleaning[i], SYS_futex);
	expect_wait(TRACE_OP_mutex_lock, &cleanup_mutex[i], NULL);
}

static void open_files(void)
{
	struct flock record = {.l_type = F_WRLCK};
	char path[64];

	files[0] = memfd_create("waits", MFD_CLOEXEC);
	snprintf(path, sizeof(path), "/proc/self/fd/%d", files[0]);
	files[1] = open(path, O_RDWR);
	files[2] = open(path, O_RDWR);
	flock(files[0], LOCK_EX);
	fcntl(files[0], F_OFD_SETLK, &record);
}

int main(void)
{
	struct sigaction action = {.sa_handler = handle, .sa_flags = SA_RESTART};
	pthread_t initialiser;

	sigaction(SIGUSR1, &action, NULL);
	pthread_mutex_lock(&mutex);
	pthread_rwlock_wrlock(&rwlock);
	pthread_barrier_init(&barrier, NULL, 2);
	sem_init(&semaphore, 0, 0);
	sem_init(&initialised, 0, 0);
	sem_init(&joinable, 0, 0);
	sem_init(&never_posted, 0, 0);
	open_files();
	if (pthread_create(&initialiser, NULL, initialise_once, NULL))
		abort();
	while (__atomic_load_n(&once, __ATOMIC_ACQUIRE) == PTHREAD_ONCE_INIT)
		usleep(1000);
	for (int i = 0; i < INNERS; i++)
		interrupt(i);
	cancel(0, SYS_futex);
	cancel(1, SYS_fcntl);
	die();
	return 1;
}
