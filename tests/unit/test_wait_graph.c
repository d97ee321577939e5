/* Who waits for whom, and the circles: models made by hand. */
#include "suite.h"
#include "waiting.h"

/* one holds a and wants b, two holds b and wants a, by these operations. */
static void cross(uint16_t op1, uint16_t op2)
{
	waits(t1, a, op1, b);
	waits(t2, b, op2, a);
}

static const struct waiter *waiter_of(uint32_t thread)
{
	return &graph->waiters[graph->of_thread[thread]];
}

START_TEST(two_mutexes)
{
	cross(TRACE_OP_mutex_lock, TRACE_OP_mutex_lock);
	look();
	expect_cycle(2, 0);
	ck_assert_uint_eq(waiter_of(t1)->holder_count, 1);
	ck_assert_uint_eq(waiter_of(t1)->holders[0], graph->of_thread[t2]);
	ck_assert_int_eq(waiter_of(made->main)->limit, WAIT_NOT);
}
END_TEST

START_TEST(one_side_is_timed)
{
	cross(TRACE_OP_mutex_lock, TRACE_OP_mutex_timedlock);
	look();
	expect_none();
	ck_assert_int_eq(waiter_of(t2)->limit, WAIT_TIMED);
}
END_TEST

START_TEST(chain_without_end)
{
	waits(t1, a, TRACE_OP_mutex_lock, b);
	waits(t2, b, 0, NO_INDEX);
	look();
	expect_none();
}
END_TEST

START_TEST(joiner_is_stuck_behind)
{
	cross(TRACE_OP_mutex_lock, TRACE_OP_mutex_lock);
	waits(made->main, NO_INDEX, TRACE_OP_join, synthetic_end(made, t1, "end of one"));
	look();
	expect_cycle(2, 1);
	ck_assert_uint_eq(graph->cycles[0].stuck[0], graph->of_thread[made->main]);
}
END_TEST

START_TEST(join_takes_part)
{
	waits(made->main, a, TRACE_OP_join, synthetic_end(made, t1, "end of one"));
	waits(t1, NO_INDEX, TRACE_OP_mutex_lock, a);
	look();
	expect_cycle(2, 0);
}
END_TEST

START_TEST(relock)
{
	waits(t1, a, TRACE_OP_mutex_lock, a);
	look();
	expect_cycle(1, 0);
}
END_TEST

START_TEST(relock_is_refused_or_allowed)
{
	waits(t1, a, TRACE_OP_mutex_lock, a);
	waits(t2, b, TRACE_OP_mutex_lock, b);
	lock_at(a)->flags = TRACE_LOCK_ERRORCHECK;
	lock_at(b)->flags = TRACE_LOCK_RECURSIVE;
	look();
	expect_none();
}
END_TEST

/* The newest entry of `two` may be on its way: `one` has it for certain. */
START_TEST(last_entry_is_waited_for)
{
	uint32_t node = synthetic_nest(made, t2, b, a, NO_INDEX);
	synthetic_held(made, t2, node, 0, NO_INDEX)->last_open = true;
	waits(t1, a, TRACE_OP_mutex_lock, b);
	look();
	expect_cycle(2, 0);
	ck_assert_uint_eq(waiter_of(t2)->lock, a);
	ck_assert_uint_eq(waiter_of(t2)->depth, 1);
	ck_assert_uint_eq(waiter_hold(graph, waiter_of(t2), a), NO_INDEX);
}
END_TEST

/* Nobody else has it: then it is held. */
START_TEST(last_entry_is_held)
{
	waits(t2, b, 0, NO_INDEX)->last_open = true;
	waits(t1, a, TRACE_OP_mutex_lock, b);
	look();
	expect_none();
	ck_assert_uint_eq(waiter_of(t2)->depth, 1);
	ck_assert_uint_eq(waiter_of(t1)->holder_count, 1);
}
END_TEST

static uint32_t takes(uint32_t thread, uint32_t lock, uint16_t op)
{
	return synthetic_node(made, thread, NO_INDEX, lock, op, "f", 1);
}

START_TEST(readers_do_not_wait_for_readers)
{
	lock_at(a)->kind = lock_at(b)->kind = TRACE_LOCK_rwlock;
	synthetic_held(made, t1, takes(t1, a, TRACE_OP_rwlock_rdlock), TRACE_OP_rwlock_wrlock, b);
	synthetic_held(made, t2, takes(t2, b, TRACE_OP_rwlock_wrlock), TRACE_OP_rwlock_rdlock, a);
	look();
	expect_none();
}
END_TEST

START_TEST(writer_waits_for_readers)
{
	lock_at(a)->kind = lock_at(b)->kind = TRACE_LOCK_rwlock;
	synthetic_held(made, t1, takes(t1, a, TRACE_OP_rwlock_rdlock), TRACE_OP_rwlock_wrlock, b);
	synthetic_held(made, t2, takes(t2, b, TRACE_OP_rwlock_rdlock), TRACE_OP_rwlock_wrlock, a);
	look();
	expect_cycle(2, 0);
}
END_TEST

/* A reader that reads again: it waits behind the writer that waits for it. */
static void read_again(unsigned flags)
{
	lock_at(a)->kind = TRACE_LOCK_rwlock;
	lock_at(a)->flags = flags;
	synthetic_held(made, t1, takes(t1, a, TRACE_OP_rwlock_rdlock), TRACE_OP_rwlock_rdlock, a);
	waits(t2, NO_INDEX, TRACE_OP_rwlock_wrlock, a);
	look();
}

START_TEST(reader_behind_writer)
{
	read_again(TRACE_LOCK_WRITER_FIRST);
	expect_cycle(2, 0);
}
END_TEST

START_TEST(reader_before_writer)
{
	read_again(0);
	expect_none();
}
END_TEST

START_TEST(upgrade)
{
	lock_at(a)->kind = TRACE_LOCK_rwlock;
	synthetic_held(made, t1, takes(t1, a, TRACE_OP_rwlock_rdlock), TRACE_OP_rwlock_wrlock, a);
	look();
	expect_cycle(1, 0);
}
END_TEST

/* glibc refuses a writer that writes again. */
START_TEST(writer_again)
{
	lock_at(a)->kind = TRACE_LOCK_rwlock;
	synthetic_held(made, t1, takes(t1, a, TRACE_OP_rwlock_wrlock), TRACE_OP_rwlock_wrlock, a);
	look();
	expect_none();
}
END_TEST

static void cross_semaphores(uint64_t acquisitions)
{
	for (uint32_t i = a; i <= b; i++) {
		lock_at(i)->kind = TRACE_LOCK_semaphore;
		lock_at(i)->flags = TRACE_LOCK_INIT_SEEN;
		lock_at(i)->lives = 1;
		lock_at(i)->acquisitions = acquisitions;
	}
	synthetic_held(made, t1, takes(t1, a, TRACE_OP_sem_wait), TRACE_OP_sem_wait, b);
	synthetic_held(made, t2, takes(t2, b, TRACE_OP_sem_wait), TRACE_OP_sem_wait, a);
}

START_TEST(semaphores_as_locks)
{
	cross_semaphores(2);
	look();
	expect_cycle(2, 0);
}
END_TEST

/* Somebody else may post them: main goes on. */
START_TEST(semaphores_that_others_may_post)
{
	cross_semaphores(1);
	look();
	expect_none();
}
END_TEST

START_TEST(semaphores_that_nobody_may_post)
{
	cross_semaphores(1);
	waits(made->main, NO_INDEX, TRACE_OP_join, synthetic_end(made, t1, "end of one"));
	look();
	ck_assert_uint_eq(graph->cycle_count, 1);
	ck_assert_uint_eq(graph->cycles[0].count, 2);
}
END_TEST

/* Another process cannot: it has memory of its own, unless this is shared. */
static void beside_another_process(uint32_t flags)
{
	uint32_t process = synthetic_process(made);

	synthetic_thread(made, made->main, "other");
	made->model.threads[made->model.thread_count - 1].process = process;
	cross_semaphores(1);
	lock_at(a)->flags |= flags;
	lock_at(b)->flags |= flags;
	waits(made->main, NO_INDEX, TRACE_OP_join, synthetic_end(made, t1, "end of one"));
	look();
}

START_TEST(semaphores_beside_another_process)
{
	beside_another_process(0);
	ck_assert_uint_eq(graph->cycle_count, 1);
}
END_TEST

START_TEST(semaphores_that_another_process_may_post)
{
	beside_another_process(TRACE_LOCK_SHARED);
	expect_none();
}
END_TEST

/* The mutex that it needs to come back is held by one that waits for its end. */
START_TEST(condition_needs_its_mutex)
{
	wait_on(t1, a, b);
	waits(made->main, b, TRACE_OP_join, synthetic_end(made, t1, "end of one"));
	look();
	expect_cycle(2, 0);
	ck_assert_uint_eq(waiter_wanted(waiter_of(t1)), b);
	ck_assert_uint_eq(waiter_wanted_op(waiter_of(t1)), TRACE_OP_cond_wait);
}
END_TEST

START_TEST(deadlocked_daemons_at_exit)
{
	made->model.processes[0].end = TRACE_END_exit;
	cross(TRACE_OP_mutex_lock, TRACE_OP_mutex_lock);
	look();
	expect_cycle(2, 0);
}
END_TEST

START_TEST(facts_win)
{
	enum wait_fact threads[] = {FACT_NONE, FACT_GOES_ON, FACT_BLOCKED};
	struct wait_facts facts = {.threads = threads};

	cross(TRACE_OP_mutex_lock, TRACE_OP_mutex_lock);
	look_with(&facts);
	expect_none();
}
END_TEST

START_TEST(long_ring)
{
	enum { COUNT = 300 };
	uint32_t locks[COUNT], threads[COUNT];

	for (int i = 0; i < COUNT; i++) {
		locks[i] = synthetic_lock(made, "ring");
		threads[i] = synthetic_thread(made, made->main, "member");
	}
	for (int i = 0; i < COUNT; i++)
		waits(threads[i], locks[i], TRACE_OP_mutex_lock, locks[(i + 1) % COUNT]);
	look();
	expect_cycle(COUNT, 0);
}
END_TEST

/* The possibility of what happened is no finding of its own. */
START_TEST(one_bug_is_one_finding)
{
	struct findings findings;

	synthetic_nest(made, t1, a, b, NO_INDEX);
	synthetic_nest(made, t2, b, a, NO_INDEX);
	synthetic_check(made, &findings);
	ck_assert_uint_eq(findings.count, 1);
	ck_assert_str_eq(findings.items[0].rule->name, "lock-order");
	findings_free(&findings);
	cross(TRACE_OP_mutex_lock, TRACE_OP_mutex_lock);
	synthetic_check(made, &findings);
	ck_assert_uint_eq(findings.count, 1);
	ck_assert_str_eq(findings.items[0].rule->name, "deadlock-cycle");
	ck_assert_str_eq(findings.items[0].message,
			 "one waits for b, which two holds, and two waits for a, which one holds: "
			 "neither of them can ever go on.");
	ck_assert_uint_eq(findings.items[0].step_count, 2);
	findings_free(&findings);
}
END_TEST

int main(void)
{
	const TTest *const tests[] = {
		two_mutexes,
		one_side_is_timed,
		chain_without_end,
		joiner_is_stuck_behind,
		join_takes_part,
		relock,
		relock_is_refused_or_allowed,
		last_entry_is_waited_for,
		last_entry_is_held,
		readers_do_not_wait_for_readers,
		writer_waits_for_readers,
		reader_behind_writer,
		reader_before_writer,
		upgrade,
		writer_again,
		semaphores_as_locks,
		semaphores_that_others_may_post,
		semaphores_that_nobody_may_post,
		semaphores_beside_another_process,
		semaphores_that_another_process_may_post,
		condition_needs_its_mutex,
		deadlocked_daemons_at_exit,
		facts_win,
		long_ring,
		one_bug_is_one_finding,
	};
	Suite *suite = suite_create("wait_graph");
	TCase *group = tcase_create("waits");

	tcase_add_checked_fixture(group, waiting_setup, waiting_teardown);
	for (size_t i = 0; i < sizeof(tests) / sizeof(*tests); i++)
		tcase_add_test(group, tests[i]);
	suite_add_tcase(suite, group);
	return suite_run(suite);
}
