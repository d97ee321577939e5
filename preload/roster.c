/* Owns the tables that live threads are found in. */
#include "roster.h"

enum { BY_TID = 1 << 14 };

/* Kernel ids are given one after the other: such a table rarely has two for one place. */
static struct thread *by_tid[BY_TID];
static struct thread *places[ROSTER_MOST];
static unsigned place_count; /* in use, holes included */
static unsigned left_out;    /* for want of a place */

static struct thread **tid_place(int tid)
{
	return &by_tid[(unsigned)tid % BY_TID];
}

static bool find_place(const struct thread *thread, unsigned *place)
{
	for (*place = 0; *place < place_count; ++*place) {
		if (places[*place] == thread)
			return true;
	}
	return *place < ROSTER_MOST;
}

void roster_enter(struct thread *thread)
{
	unsigned place;

	__atomic_store_n(tid_place(thread->tid), thread, __ATOMIC_RELEASE);
	thread->in_roster = find_place(NULL, &place);
	if (!thread->in_roster) {
		left_out++;
		return;
	}
	__atomic_store_n(&places[place], thread, __ATOMIC_RELEASE);
	if (place == place_count)
		__atomic_store_n(&place_count, place + 1, __ATOMIC_RELEASE);
}

void roster_leave(struct thread *thread)
{
	struct thread **known = tid_place(thread->tid);
	unsigned place;

	if (!thread->tid)
		return;
	if (*known == thread)
		__atomic_store_n(known, NULL, __ATOMIC_RELAXED);
	if (thread->in_roster && find_place(thread, &place))
		__atomic_store_n(&places[place], NULL, __ATOMIC_RELAXED);
	else if (left_out)
		left_out--;
	thread->in_roster = false;
}

struct thread *roster_of(int tid)
{
	struct thread *thread = tid > 0 ? __atomic_load_n(tid_place(tid), __ATOMIC_ACQUIRE) : NULL;

	return thread && thread->tid == tid ? thread : NULL;
}

struct thread *roster_at(unsigned i)
{
	return __atomic_load_n(&places[i], __ATOMIC_ACQUIRE);
}

unsigned roster_places(void)
{
	return left_out ? 0 : __atomic_load_n(&place_count, __ATOMIC_ACQUIRE);
}
