/*
 * The near miss of instances_1000.c: the same function, the same lines and as many pairs of locks,
 * but both threads send the money the same way, so each pair has one order. Locks that are made at
 * the same place are not the same lock.
 */
/* EXPECT none */
/* ACQUISITIONS 4000 */
#include "scenario.h"

enum { COUNT = 1000 };

struct account {
	pthread_mutex_t lock;
	long balance;
};

static struct account *left[COUNT], *right[COUNT];

static struct account *account_open(void)
{
	struct account *account = calloc(1, sizeof(*account));

	CHECK(account);
	CHECK(pthread_mutex_init(&account->lock, NULL) == 0);
	return account;
}

__attribute__((noinline)) static void transfer(struct account *from, struct account *to)
{
	pthread_mutex_lock(&from->lock);
	pthread_mutex_lock(&to->lock);
	from->balance--;
	to->balance++;
	pthread_mutex_unlock(&to->lock);
	pthread_mutex_unlock(&from->lock);
}

static void *rightwards(void *argument)
{
	for (int i = 0; i < COUNT; i++)
		transfer(left[i], right[i]);
	stage_reach(1);
	return argument;
}

static void *later(void *argument)
{
	stage_await(1);
	for (int i = 0; i < COUNT; i++)
		transfer(left[i], right[i]);
	return argument;
}

int main(void)
{
	for (int i = 0; i < COUNT; i++) {
		left[i] = account_open();
		right[i] = account_open();
	}
	run_two(rightwards, later);
	return 0;
}
