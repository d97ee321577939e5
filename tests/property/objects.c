/* Locks and what orders, at addresses that are known beforehand. */
#include "objects.h"
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

struct object objects[PLAYER_MAX_OBJECTS];

static const char *const kind_names[] = {
	[MUTEX] = "mutex",
	[ERRORCHECK] = "errorcheck",
	[RECURSIVE] = "recursive",
	[RWLOCK] = "rwlock",
	[WRITERFIRST] = "writerfirst",
	[SPIN] = "spin",
	[SEMLOCK] = "sem",
	[SEM0] = "sem0",
	[SEM1] = "sem1",
	[SEM2] = "sem2",
	[BARRIER2] = "bar2",
	[BARRIER3] = "bar3",
	[FLAG] = "flag",
};

void fail(const char *why, const char *what)
{
	dprintf(2, "player: %s%s\n", why, what);
	_exit(3);
}

static void mutex_make(pthread_mutex_t *mutex, int type)
{
	pthread_mutexattr_t attributes;

	pthread_mutexattr_init(&attributes);
	pthread_mutexattr_settype(&attributes, type);
	pthread_mutex_init(mutex, &attributes);
	pthread_mutexattr_destroy(&attributes);
}

static void rwlock_make(pthread_rwlock_t *rwlock, int kind)
{
	pthread_rwlockattr_t attributes;

	pthread_rwlockattr_init(&attributes);
	pthread_rwlockattr_setkind_np(&attributes, kind);
	pthread_rwlock_init(rwlock, &attributes);
	pthread_rwlockattr_destroy(&attributes);
}

static unsigned first_value(enum kind kind)
{
	if (kind == SEM2)
		return 2;
	return kind != SEM0;
}

static void object_make(struct object *object, enum kind kind)
{
	object->kind = kind;
	switch (kind) {
	case MUTEX:
		pthread_mutex_init(&object->lock->mutex, NULL);
		break;
	case ERRORCHECK:
		mutex_make(&object->lock->mutex, PTHREAD_MUTEX_ERRORCHECK);
		break;
	case RECURSIVE:
		mutex_make(&object->lock->mutex, PTHREAD_MUTEX_RECURSIVE);
		break;
	case RWLOCK:
		pthread_rwlock_init(&object->lock->rwlock, NULL);
		break;
	case WRITERFIRST:
		rwlock_make(&object->lock->rwlock, PTHREAD_RWLOCK_PREFER_WRITER_NONRECURSIVE_NP);
		break;
	case SPIN:
		pthread_spin_init(&object->lock->spin, PTHREAD_PROCESS_PRIVATE);
		break;
	case SEMLOCK:
	case SEM0:
	case SEM1:
	case SEM2:
		sem_init(&object->lock->semaphore, 0, first_value(kind));
		break;
	case BARRIER2:
	case BARRIER3:
		pthread_barrier_init(&object->lock->barrier, NULL, kind == BARRIER2 ? 2 : 3);
		break;
	default:
		pthread_mutex_init(&object->mutex, NULL);
		pthread_cond_init(&object->lock->condition, NULL);
	}
}

int object_renew(struct object *object)
{
	int result;

	switch (object->kind) {
	case RWLOCK:
	case WRITERFIRST:
		result = pthread_rwlock_destroy(&object->lock->rwlock);
		break;
	case SPIN:
		result = pthread_spin_destroy(&object->lock->spin);
		break;
	case SEMLOCK:
	case SEM0:
	case SEM1:
	case SEM2:
		result = sem_destroy(&object->lock->semaphore);
		break;
	default:
		result = pthread_mutex_destroy(&object->lock->mutex);
	}
	object_make(object, object->kind);
	return result;
}

void objects_make(char *kinds)
{
	char *memory = mmap((void *)PLAYER_OBJECTS, (size_t)PLAYER_STRIDE * PLAYER_MAX_OBJECTS,
			    PROT_READ | PROT_WRITE,
			    MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0);
	int i = 0;

	if (memory == MAP_FAILED)
		fail("no room for the objects: ", strerror(errno));
	for (char *name = strtok(kinds, ","); name; name = strtok(NULL, ","), i++) {
		int kind = 0;

		while (kind < KINDS && strcmp(kind_names[kind], name) != 0)
			kind++;
		if (kind == KINDS || i == PLAYER_MAX_OBJECTS)
			fail("no such kind: ", name);
		objects[i].lock = (void *)(memory + i * (long)PLAYER_STRIDE);
		object_make(&objects[i], kind);
	}
}
