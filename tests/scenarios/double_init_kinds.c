/*
 * Two parts of a program initialise the same locks, or one that is initialised statically and in
 * use already: undefined for every kind (POSIX).
 */
/* EXPECT double-init misuse again_rwlock first_rwlock */
/* EXPECT double-init misuse again_spin first_spin */
/* EXPECT double-init misuse again_sem first_sem */
/* EXPECT double-init misuse again_barrier first_barrier */
/* EXPECT double-init misuse again_cond first_cond */
#include "scenario.h"
#include <semaphore.h>

static pthread_rwlock_t rwlock = PTHREAD_RWLOCK_INITIALIZER;
static pthread_spinlock_t spin;
static sem_t sem;
static pthread_barrier_t barrier;
static pthread_cond_t cond;

static void start_logging(void)
{
	pthread_rwlock_rdlock(&rwlock); /* @first_rwlock */
	pthread_rwlock_unlock(&rwlock);
	pthread_spin_init(&spin, PTHREAD_PROCESS_PRIVATE); /* @first_spin */
	pthread_spin_lock(&spin);
	pthread_spin_unlock(&spin);
	sem_init(&sem, 0, 0);			 /* @first_sem */
	pthread_barrier_init(&barrier, NULL, 1); /* @first_barrier */
	pthread_cond_init(&cond, NULL);		 /* @first_cond */
}

static void start_network(void)
{
	pthread_rwlock_init(&rwlock, NULL);		   /* @again_rwlock */
	pthread_spin_init(&spin, PTHREAD_PROCESS_PRIVATE); /* @again_spin */
	sem_init(&sem, 0, 0);				   /* @again_sem */
	pthread_barrier_init(&barrier, NULL, 1);	   /* @again_barrier */
	pthread_cond_init(&cond, NULL);			   /* @again_cond */
}

int main(void)
{
	start_logging();
	start_network();
	return 0;
}
