/*
 * As come_late_heap.c, but main puts its jobs into a queue and takes them out of a list: what it
 * writes there, at places that are worked out, are addresses. The near miss is
 * come_late_heap_kept_state.c.
 */
/* EXPECT lock-order discharged sync-order first second */
#include "late_job.h"

static void take_ab(void)
{
	take_both(&a, &b); /* @first */
}

static void take_ba(void)
{
	take_both(&b, &a); /* @second */
}

struct link {
	struct link *next;
	struct job *job;
};

static struct queue {
	struct job *jobs[8];
	size_t head, tail;
} queue;

static struct link *links;

APART static void queue_put(struct queue *to, struct job *job)
{
	to->jobs[to->tail++ % 8] = job;
}

APART static struct job *queue_get(struct queue *from)
{
	return from->jobs[from->head++ % 8];
}

APART static void link_put(struct link *link)
{
	link->next = links;
	links = link;
}

APART static void link_drop(struct link *before)
{
	before->next = before->next->next;
}

int main(void)
{
	struct link pair[2] = {{.job = NULL}};

	link_put(&pair[0]);
	link_put(&pair[1]);
	link_drop(links);
	queue_put(&queue, job_new(7));
	run_job(queue_get(&queue));
	return 0;
}
