/*
 * The near miss of hand_over_hand.c: one thread walks forwards, the other backwards. Where they
 * meet, each holds the node that the other wants next. It is one bug, in each of four pairs of
 * neighbours.
 */
/* EXPECT lock-order feasible forward backward */
/* INSTANCES >=4 */
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
		pthread_mutex_lock(&node->next->lock); /* @forward */
		pthread_mutex_unlock(&node->lock);
		node = node->next;
	}
	pthread_mutex_unlock(&node->lock);
	stage_reach(1);
	return argument;
}

static void *backward(void *argument)
{
	struct node *node = last;

	stage_await(1);
	pthread_mutex_lock(&node->lock);
	while (node->previous) {
		pthread_mutex_lock(&node->previous->lock); /* @backward */
		pthread_mutex_unlock(&node->lock);
		node = node->previous;
	}
	pthread_mutex_unlock(&node->lock);
	return argument;
}

int main(void)
{
	for (int i = 0; i < LENGTH; i++)
		append();
	run_two(forward, backward);
	while (first) {
		struct node *next = first->next;

		pthread_mutex_destroy(&first->lock);
		free(first);
		first = next;
	}
	return 0;
}
