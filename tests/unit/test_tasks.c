/* Unit tests: what is known of the order of tasks. */
#include "suite.h"
#include "tasks.h"

#include <stdlib.h>

enum { MOST = 32, LAST = 100 };

/* One node for each epoch of each of two threads: ONE(e), OTHER(e). */
static struct thread threads[2];
static struct node nodes[2 * LAST];
static struct span spans[2 * LAST];
static struct task_mark marks[MOST];
static struct model model;
static struct tasks *tasks;

#define ONE(epoch) (epoch)
#define OTHER(epoch) (LAST + (epoch))

static void setup(void)
{
	for (uint32_t i = 0; i < 2 * LAST; i++) {
		spans[i] = (struct span){i % LAST, i % LAST};
		nodes[i] = (struct node){
			.thread = i / LAST, .first_span = i, .span_count = 1, .count = 1};
	}
	threads[0] = threads[1] = (struct thread){.tasks = true};
	model = (struct model){
		.threads = threads,
		.nodes = nodes,
		.spans = spans,
		.tasks = marks,
		.thread_count = 2,
		.node_count = 2 * LAST,
		.span_count = 2 * LAST,
	};
}

static void teardown(void)
{
	tasks_free(tasks);
	tasks = NULL;
}

static struct task_mark *mark(uint32_t thread, uint32_t epoch, uint16_t kind, uint32_t number)
{
	struct task_mark *made = &marks[model.task_count++];

	*made = (struct task_mark){
		.thread = thread, .epoch = epoch, .kind = kind, .number = number};
	made->creator = NO_INDEX;
	return made;
}

/* The task, created by that thread in a task of its own, is done from `first` on, until `end`. */
static struct task_mark *done(uint32_t thread, uint32_t first, uint32_t end, uint32_t number,
			      uint32_t creator, uint32_t in, uint32_t created)
{
	struct task_mark *begun = mark(thread, first, TRACE_TASK_begun, number);

	begun->creator = creator;
	begun->creator_number = in;
	begun->create_epoch = created;
	mark(thread, end, TRACE_TASK_ended, thread == creator ? in : 0);
	return begun;
}

static bool meet(uint32_t x, uint32_t y)
{
	if (!tasks)
		tasks = tasks_new(&model);
	ck_assert_int_eq(tasks_concurrent(tasks, x, y), tasks_concurrent(tasks, y, x));
	return tasks_concurrent(tasks, x, y);
}

START_TEST(no_tasks)
{
	tasks = tasks_new(&model);
	ck_assert_ptr_null(tasks);
	ck_assert(!tasks_apart(tasks, ONE(1), ONE(2)));
}
END_TEST

START_TEST(tasks_of_one_thread_meet)
{
	done(0, 10, 12, 1, 0, 0, 3);
	done(0, 12, 14, 2, 0, 0, 5);
	ck_assert(meet(ONE(11), ONE(12)));
	ck_assert(tasks_apart(tasks, ONE(11), ONE(12)));
	ck_assert(!meet(ONE(10), ONE(11)));
	ck_assert(!tasks_apart(tasks, ONE(10), ONE(11)));
	/* Created from 3, and 5, on. */
	ck_assert(!meet(ONE(3), ONE(11)));
	ck_assert(meet(ONE(4), ONE(11)));
	ck_assert(!meet(ONE(4), ONE(12)));
	ck_assert(meet(ONE(20), ONE(12)));
	ck_assert(!meet(ONE(20), ONE(2)));
}
END_TEST

START_TEST(waits_end_what_was_created_before)
{
	done(0, 10, 12, 1, 0, 0, 3);
	mark(0, 13, TRACE_TASK_waited, 0)->since = 0;
	done(0, 20, 22, 2, 0, 0, 15);
	done(1, 20, 22, 3, 0, 0, 16);
	ck_assert(meet(ONE(12), ONE(11)));
	ck_assert(!meet(ONE(13), ONE(11)));
	ck_assert(!meet(ONE(11), ONE(20)));
	ck_assert(!meet(ONE(11), OTHER(21)));
	ck_assert(meet(ONE(20), OTHER(21)));
	/* The other one's own. */
	ck_assert(meet(ONE(11), OTHER(30)));
}
END_TEST

START_TEST(groups_end_what_was_created_in_them)
{
	done(0, 10, 12, 1, 0, 0, 3);
	done(0, 12, 14, 2, 0, 0, 5);
	done(0, 14, 16, 3, 0, 0, 4)->flags = TRACE_TASK_WITHIN;
	mark(0, 16, TRACE_TASK_waited, 0)->since = 4;
	ck_assert(meet(ONE(11), ONE(20)));
	ck_assert(meet(ONE(15), ONE(20)));
	ck_assert(!meet(ONE(13), ONE(20)));
}
END_TEST

START_TEST(creations_lie_within_epochs)
{
	mark(0, 5, TRACE_TASK_waited, 0)->since = 0;
	done(0, 10, 12, 1, 0, 0, 5)->flags = TRACE_TASK_WITHIN;
	ck_assert(!meet(ONE(4), ONE(11)));
	ck_assert(meet(ONE(5), ONE(11)));
	ck_assert(meet(ONE(20), ONE(11)));
	mark(0, 15, TRACE_TASK_waited, 0)->since = 0;
	teardown();
	ck_assert(!meet(ONE(20), ONE(11)));
}
END_TEST

START_TEST(some_are_not_waited_for)
{
	done(0, 10, 12, 1, 0, 0, 3)->flags = TRACE_TASK_UNWAITED;
	mark(0, 13, TRACE_TASK_waited, 0)->since = 0;
	ck_assert(meet(ONE(11), ONE(20)));
}
END_TEST

START_TEST(who_is_waited_for_may_not_have_waited)
{
	/* 2 and 3 are 1's, which waits for 2 only. */
	done(1, 10, 12, 1, 0, 0, 3);
	marks[--model.task_count] = (struct task_mark){0};
	done(1, 11, 12, 2, 1, 1, 10);
	mark(1, 13, TRACE_TASK_waited, 1)->since = 0;
	done(1, 20, 21, 3, 1, 1, 14);
	mark(1, 22, TRACE_TASK_ended, 0);
	mark(0, 30, TRACE_TASK_waited, 0)->since = 0;
	ck_assert(meet(ONE(29), OTHER(11)));
	ck_assert(!meet(ONE(30), OTHER(10)));
	ck_assert(!meet(ONE(30), OTHER(11)));
	ck_assert(meet(ONE(30), OTHER(20)));
	/* What 1 does after its wait, and before it creates 3. */
	ck_assert(!meet(OTHER(14), OTHER(11)));
	ck_assert(!meet(OTHER(14), OTHER(20)));
	ck_assert(!meet(ONE(3), OTHER(20)));
	ck_assert(meet(ONE(4), OTHER(20)));
}
END_TEST

START_TEST(fences_part_all)
{
	done(0, 10, 12, 1, 0, 0, 3);
	mark(0, 13, TRACE_TASK_fence, 0)->fence = 13;
	/* One that was not marked until a task began. */
	done(0, 30, 32, 2, 1, 0, 5)->fence = 25;
	ck_assert(meet(ONE(12), ONE(11)));
	ck_assert(!meet(ONE(13), ONE(11)));
	ck_assert(!meet(ONE(30), ONE(11)));
	ck_assert(!meet(ONE(24), ONE(30)));
	ck_assert(meet(ONE(25), ONE(30)));
	ck_assert(tasks_apart(tasks, ONE(30), ONE(11)));
}
END_TEST

START_TEST(what_is_done_at_a_barrier_is_settled_before)
{
	uint32_t until = 0;

	done(0, 10, 12, 1, 1, 0, 3);
	mark(0, 13, TRACE_TASK_fence, 0)->since = 8;
	done(0, 20, 22, 2, 1, 0, 9);
	mark(0, 30, TRACE_TASK_fence, 0);
	done(1, 10, 12, 3, 1, 0, 9);
	tasks = tasks_new(&model);
	ck_assert_uint_eq(tasks_settled(tasks, 0, 7, &until), 7);
	ck_assert_uint_eq(tasks_settled(tasks, 0, 8, &until), 8);
	ck_assert_uint_eq(until, 0);
	ck_assert_uint_eq(tasks_settled(tasks, 0, 9, &until), 8);
	ck_assert_uint_eq(tasks_settled(tasks, 0, 12, &until), 8);
	ck_assert_uint_eq(until, 13);
	ck_assert_uint_eq(tasks_settled(tasks, 0, 13, &until), 13);
	ck_assert_uint_eq(tasks_settled(tasks, 0, 40, &until), 40);
	ck_assert_uint_eq(tasks_settled(tasks, 1, 11, &until), 11);
}
END_TEST

START_TEST(lost_is_in_any_task)
{
	mark(0, 10, TRACE_TASK_lost, 0);
	mark(0, 20, TRACE_TASK_fence, 0)->fence = 20;
	nodes[ONE(11)].span_count = 2;
	ck_assert(meet(ONE(11), ONE(15)));
	ck_assert(meet(ONE(2), ONE(15)));
	ck_assert(tasks_apart(tasks, ONE(11), ONE(15)));
	ck_assert(!meet(ONE(21), ONE(15)));
	ck_assert(!meet(ONE(21), ONE(22)));
}
END_TEST

START_TEST(spans_lie_in_several)
{
	done(0, 10, 11, 1, 0, 0, 3);
	done(0, 11, 12, 2, 0, 0, 3);
	spans[ONE(10)].last = 11;
	ck_assert(meet(ONE(10), ONE(11)));
	ck_assert(meet(ONE(10), ONE(10)));
	ck_assert(!meet(ONE(10), ONE(2)));
	spans[ONE(5)].last = 50;
	ck_assert(meet(ONE(5), ONE(11)));
}
END_TEST

START_TEST(circles_of_creators_end)
{
	done(0, 10, 12, 1, 0, 2, 3);
	done(0, 12, 14, 2, 0, 1, 5);
	mark(0, 15, TRACE_TASK_waited, 1)->since = 0;
	mark(0, 16, TRACE_TASK_waited, 2)->since = 0;
	ck_assert(!meet(ONE(10), ONE(11)));
	meet(ONE(11), ONE(12));
	meet(ONE(11), ONE(20));
	done(1, 10, 12, 3, 1, 3, 20);
	mark(1, 30, TRACE_TASK_waited, 3)->since = 0;
	teardown();
	meet(OTHER(11), ONE(20));
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("tasks");
	TCase *cases = tcase_create("tasks");

	tcase_add_checked_fixture(cases, setup, teardown);
	tcase_add_test(cases, no_tasks);
	tcase_add_test(cases, tasks_of_one_thread_meet);
	tcase_add_test(cases, waits_end_what_was_created_before);
	tcase_add_test(cases, groups_end_what_was_created_in_them);
	tcase_add_test(cases, creations_lie_within_epochs);
	tcase_add_test(cases, some_are_not_waited_for);
	tcase_add_test(cases, who_is_waited_for_may_not_have_waited);
	tcase_add_test(cases, fences_part_all);
	tcase_add_test(cases, what_is_done_at_a_barrier_is_settled_before);
	tcase_add_test(cases, lost_is_in_any_task);
	tcase_add_test(cases, spans_lie_in_several);
	tcase_add_test(cases, circles_of_creators_end);
	suite_add_tcase(suite, cases);
	return suite_run(suite);
}
