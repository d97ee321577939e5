/*
 * As reuse_heap.c, with a lock of the program's own: one byte at an odd address in a block on the
 * heap. Freeing the block ends the lock; nothing else says so.
 */
/* EXPECT none */
/* OUTPUT same address */
/* ACQUISITIONS 4 */
#include "annotated.h"

enum { BLOCK = 40, PLACE = 7 };
static struct own_lock other;
static char *block;
static int turn;

static void make_block(void)
{
	block = malloc(BLOCK);
	CHECK(block);
	memset(block, 0, BLOCK);
}

static void lock_byte(char *byte)
{
	GORDIAN_ACQUIRE(byte, GORDIAN_EXCLUSIVE);
	while (__atomic_test_and_set(byte, __ATOMIC_ACQUIRE))
		sched_yield();
	GORDIAN_ACQUIRED(byte, GORDIAN_EXCLUSIVE);
}

static void unlock_byte(char *byte)
{
	GORDIAN_RELEASE(byte);
	__atomic_clear(byte, __ATOMIC_RELEASE);
}

/* Unlike a stage, this lets nobody pass before his turn, as the end of the first life demands. */
static void await_turn(int number)
{
	while (__atomic_load_n(&turn, __ATOMIC_ACQUIRE) < number)
		usleep(1000);
}

static void *first_life(void *argument)
{
	lock_byte(block + PLACE);
	own_lock(&other);
	own_unlock(&other);
	unlock_byte(block + PLACE);
	__atomic_store_n(&turn, 1, __ATOMIC_RELEASE);
	return argument;
}

static void *second_life(void *argument)
{
	await_turn(2);
	own_lock(&other);
	lock_byte(block + PLACE);
	unlock_byte(block + PLACE);
	own_unlock(&other);
	return argument;
}

static void *renew(void *argument)
{
	uintptr_t before;

	await_turn(1);
	before = (uintptr_t)block;
	free(block);
	make_block();
	CHECK((uintptr_t)block == before);
	puts("same address");
	__atomic_store_n(&turn, 2, __ATOMIC_RELEASE);
	return argument;
}

int main(void)
{
	pthread_t third;

	/* A block that is freed is the thread's next one: this thread is to have none of that size.
	 */
	make_block();
	CHECK(block);
	third = start(renew, NULL);
	run_two(first_life, second_life);
	finish(third);
	return 0;
}
