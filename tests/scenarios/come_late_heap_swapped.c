/*
 * As come_late_heap.c, but main has its jobs in a list in both directions, from which it takes one:
 * the words that it copies there are links, through which it goes. The near misses are
 * come_late_heap_swapped_states.c and come_late_heap_copied_word.c.
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
	struct link *next, *before;
	struct job *job;
};

static struct link list = {.next = &list, .before = &list};

APART static void link_add(struct link *link, struct job *job)
{
	link->job = job;
	link->next = list.next;
	link->before = &list;
	list.next->before = link;
	list.next = link;
}

APART static void link_drop(struct link *link)
{
	link->next->before = link->before;
	link->before->next = link->next;
}

int main(void)
{
	struct link first, second;

	link_add(&first, NULL);
	link_add(&second, job_new(7));
	link_drop(&first);
	run_job(list.next->job);
	return 0;
}
