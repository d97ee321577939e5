/* What a random program's operations are performed on, one object of each kind that it names. */
#ifndef GORDIAN_OBJECTS_H
#define GORDIAN_OBJECTS_H

#include "player.h"
#include <pthread.h>
#include <semaphore.h>
#include <stdbool.h>

enum kind {
	MUTEX,
	ERRORCHECK,
	RECURSIVE,
	RWLOCK,
	WRITERFIRST,
	SPIN,
	SEMLOCK, /* a semaphore that is used as a lock */
	SEM0,	 /* semaphores that only order, and their first values */
	SEM1,
	SEM2,
	BARRIER2,
	BARRIER3,
	FLAG, /* a condition, its mutex and what is waited for */
	KINDS,
};

struct object {
	enum kind kind;
	union {
		pthread_mutex_t mutex;
		pthread_rwlock_t rwlock;
		pthread_spinlock_t spin;
		sem_t semaphore;
		pthread_barrier_t barrier;
		pthread_cond_t condition;
	} * lock;
	pthread_mutex_t mutex; /* of a flag */
	bool set;
};

extern struct object objects[PLAYER_MAX_OBJECTS];

/* Makes the objects of these kinds, separated by commas; ends the program if there is no such. */
void objects_make(char *kinds);

/* Ends the object's life and begins another one; an error number. */
int object_renew(struct object *object);

/* Ends the program at once, with exit code 3. */
void fail(const char *why, const char *what);

#endif
