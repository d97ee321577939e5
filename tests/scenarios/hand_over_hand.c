/*
 * Two threads walk a list hand over hand: the next node's lock is taken before this node's is
 * given back. Both walk from the first node to the last: one order, though no unlock is the
 * reverse of its lock.
 */
/* EXPECT none */
/* ACQUISITIONS 10 */
#include "scenario.h"

enum { LENGTH = 5 };

struct node {
	pthread_mutex_t lock;
	struct node *next, *previous;
};

static struct node *first, *last;

static void append(void)
{
	struct node *node = calloc(1, sizeof(*node));

	CHECK(node);
	CHECK(pthread_mutex_init(&node->lock, NULL) == 0);
	node->previous = last;
	if (last)
		last->next = node;
	else
		first = node;
	last = node;
}

static void *forward(void *argument)
{
	struct node *node = first;

	pthread_mutex_lock(&node->lock);
	while (node->next) {
		pthread_mutex_lock(&node->next->lock);
		pthread_mutex_unlock(&node->lock);
		node = node->next;
	}
	pthread_mutex_unlock(&node->lock);
	stage_reach(1);
	return argument;
}

int main(void)
{
	for (int i = 0; i < LENGTH; i++)
		append();
	run_two(forward, forward);
	while (first) {
		struct node *next = first->next;

		pthread_mutex_destroy(&first->lock);
		free(first);
		first = next;
	}
	return 0;
}
