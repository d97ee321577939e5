/*
 * One bug, a thousand times: money goes between a thousand pairs of accounts, one thread sends it
 * one way, the other thread the other way. In each pair, each can have its first lock and wait for
 * the other's. All of it is the same two lines, and so one finding.
 */
/* EXPECT lock-order feasible wants */
/* INSTANCES >=1000 */
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
	pthread_mutex_lock(&to->lock); /* @wants */
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

static void *leftwards(void *argument)
{
	stage_await(1);
	for (int i = 0; i < COUNT; i++)
		transfer(right[i], left[i]);
	return argument;
}

int main(void)
{
	for (int i = 0; i < COUNT; i++) {
		left[i] = account_open();
		right[i] = account_open();
	}
	run_two(rightwards, leftwards);
	return 0;
}
