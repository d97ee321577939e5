/* Who waits for whom, the circles, and the waits that nobody can end: models made by hand. */
#include "hangs.h"
#include "synthetic.h"
#include <check.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

static struct synthetic *s;
static struct wait_graph *graph;
static struct hangs hangs;
static uint32_t a, b, t1, t2;

static void setup(void)
{
	s = synthetic_new();
	a = synthetic_lock(s, "a");
	b = synthetic_lock(s, "b");
	t1 = synthetic_thread(s, s->main, "one");
	t2 = synthetic_thread(s, s->main, "two");
	graph = NULL;
	hangs = (struct hangs){0};
}

static void teardown(void)
{
	hangs_free(&hangs);
	wait_graph_free(graph);
	synthetic_free(s);
}

static void look_with(const struct wait_facts *facts)
{
	graph = wait_graph_new(&s->model, facts);
	hangs_find(graph, &hangs);
}

static void look(void)
{
	look_with(NULL);
}

static struct lock *lock_at(uint32_t lock)
{
	return &s->model.locks[lock];
}

static struct held *waits(uint32_t thread, uint32_t holds, uint16_t op, uint32_t wants)
{
	uint32_t node = holds == NO_INDEX ? NO_INDEX : synthetic_take(s, thread, NO_INDEX, holds);

	return synthetic_held(s, thread, node, op, wants);
}

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

static void expect_cycle(uint32_t count, uint32_t stuck)
{
	ck_assert_uint_eq(graph->cycle_count, 1);
	ck_assert_uint_eq(graph->cycles[0].count, count);
	ck_assert_uint_eq(graph->cycles[0].stuck_count, stuck);
	ck_assert_uint_eq(hangs.count, 0);
}

static void expect_none(void)
{
	ck_assert_uint_eq(graph->cycle_count, 0);
	ck_assert_uint_eq(hangs.count, 0);
}

static void expect_hang(uint32_t count, uint32_t roots, bool whole)
{
	ck_assert_uint_eq(graph->cycle_count, 0);
	ck_assert_uint_eq(hangs.count, 1);
	ck_assert_uint_eq(hangs.items[0].count, count);
	ck_assert_uint_eq(hangs.items[0].root_count, roots);
	ck_assert_int_eq(hangs.items[0].whole, whole);
}

START_TEST(two_mutexes)
{
	cross(TRACE_OP_mutex_lock, TRACE_OP_mutex_lock);
	look();
	expect_cycle(2, 0);
	ck_assert_uint_eq(waiter_of(t1)->holder_count, 1);
	ck_assert_uint_eq(waiter_of(t1)->holders[0], graph->of_thread[t2]);
	ck_assert_int_eq(waiter_of(s->main)->limit, WAIT_NOT);
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
	waits(s->main, NO_INDEX, TRACE_OP_join, synthetic_end(s, t1, "end of one"));
	look();
	expect_cycle(2, 1);
	ck_assert_uint_eq(graph->cycles[0].stuck[0], graph->of_thread[s->main]);
}
END_TEST

START_TEST(join_takes_part)
{
	waits(s->main, a, TRACE_OP_join, synthetic_end(s, t1, "end of one"));
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
	uint32_t node = synthetic_nest(s, t2, b, a, NO_INDEX);
	synthetic_held(s, t2, node, 0, NO_INDEX)->last_open = true;
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
	return synthetic_node(s, thread, NO_INDEX, lock, op, "f", 1);
}

START_TEST(readers_do_not_wait_for_readers)
{
	lock_at(a)->kind = lock_at(b)->kind = TRACE_LOCK_rwlock;
	synthetic_held(s, t1, takes(t1, a, TRACE_OP_rwlock_rdlock), TRACE_OP_rwlock_wrlock, b);
	synthetic_held(s, t2, takes(t2, b, TRACE_OP_rwlock_wrlock), TRACE_OP_rwlock_rdlock, a);
	look();
	expect_none();
}
END_TEST

START_TEST(writer_waits_for_readers)
{
	lock_at(a)->kind = lock_at(b)->kind = TRACE_LOCK_rwlock;
	synthetic_held(s, t1, takes(t1, a, TRACE_OP_rwlock_rdlock), TRACE_OP_rwlock_wrlock, b);
	synthetic_held(s, t2, takes(t2, b, TRACE_OP_rwlock_rdlock), TRACE_OP_rwlock_wrlock, a);
	look();
	expect_cycle(2, 0);
}
END_TEST

/* A reader that reads again: it waits behind the writer that waits for it. */
static void read_again(unsigned flags)
{
	lock_at(a)->kind = TRACE_LOCK_rwlock;
	lock_at(a)->flags = flags;
	synthetic_held(s, t1, takes(t1, a, TRACE_OP_rwlock_rdlock), TRACE_OP_rwlock_rdlock, a);
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
	synthetic_held(s, t1, takes(t1, a, TRACE_OP_rwlock_rdlock), TRACE_OP_rwlock_wrlock, a);
	look();
	expect_cycle(1, 0);
}
END_TEST

/* glibc refuses a writer that writes again. */
START_TEST(writer_again)
{
	lock_at(a)->kind = TRACE_LOCK_rwlock;
	synthetic_held(s, t1, takes(t1, a, TRACE_OP_rwlock_wrlock), TRACE_OP_rwlock_wrlock, a);
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
	synthetic_held(s, t1, takes(t1, a, TRACE_OP_sem_wait), TRACE_OP_sem_wait, b);
	synthetic_held(s, t2, takes(t2, b, TRACE_OP_sem_wait), TRACE_OP_sem_wait, a);
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
	waits(s->main, NO_INDEX, TRACE_OP_join, synthetic_end(s, t1, "end of one"));
	look();
	ck_assert_uint_eq(graph->cycle_count, 1);
	ck_assert_uint_eq(graph->cycles[0].count, 2);
}
END_TEST

/* Another process cannot: it has memory of its own, unless this is shared. */
static void beside_another_process(uint32_t flags)
{
	uint32_t process = synthetic_process(s);

	synthetic_thread(s, s->main, "other");
	s->model.threads[s->model.thread_count - 1].process = process;
	cross_semaphores(1);
	lock_at(a)->flags |= flags;
	lock_at(b)->flags |= flags;
	waits(s->main, NO_INDEX, TRACE_OP_join, synthetic_end(s, t1, "end of one"));
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

static void wait_on(uint32_t thread, uint32_t condition, uint32_t mutex)
{
	lock_at(condition)->kind = TRACE_LOCK_condition;
	waits(thread, NO_INDEX, TRACE_OP_cond, condition)->want_mutex_lock = mutex;
}

/* A semaphore that was 0 at first was posted so often. */
static void post(uint32_t count)
{
	static struct tally tally;

	tally = (struct tally){t1, a, TRACE_EVENT_posted, 0, count, 1};
	s->model.tallies = &tally;
	s->model.tally_count = 1;
}

/* main and one wait for what a handler may post; two joins one. */
static void wait_for_post(uint64_t handlers)
{
	lock_at(a)->kind = TRACE_LOCK_semaphore;
	lock_at(a)->flags = TRACE_LOCK_ORDERING;
	post(0);
	s->model.processes[0].handlers = handlers;
	waits(t1, NO_INDEX, TRACE_OP_sem_wait, a);
	waits(s->main, NO_INDEX, TRACE_OP_sem_wait, a);
	waits(t2, NO_INDEX, TRACE_OP_join, synthetic_end(s, t1, "end of one"));
	look();
}

START_TEST(handlers_may_post)
{
	wait_for_post(UINT64_C(1) << (SIGUSR1 - 1));
	expect_none();
}
END_TEST

START_TEST(handlers_of_crashes_do_not)
{
	wait_for_post(UINT64_C(1) << (SIGSEGV - 1));
	expect_hang(3, 2, true);
}
END_TEST

/* It has a post left: one of them is about to wake up. */
START_TEST(posted_semaphore)
{
	wait_for_post(0);
	expect_hang(3, 2, true);
	hangs_free(&hangs);
	post(1);
	s->model.wakes = &(struct wake){.address = lock_at(a)->address, .at_ns = 1001};
	s->model.wake_count = 1;
	hangs_find(graph, &hangs);
	expect_none();
}
END_TEST

/* Whoever goes on could signal. */
START_TEST(condition_while_others_go_on)
{
	wait_on(t1, a, b);
	wait_on(t2, a, b);
	look();
	expect_none();
}
END_TEST

START_TEST(condition_that_nobody_signals)
{
	wait_on(t1, a, b);
	wait_on(t2, a, b);
	waits(s->main, NO_INDEX, TRACE_OP_join, synthetic_end(s, t1, "end of one"));
	look();
	expect_hang(3, 2, true);
	ck_assert_uint_eq(hangs.items[0].waiters[2], graph->of_thread[s->main]);
}
END_TEST

/* All wait since 1000 ns; somebody signalled then. */
static void wait_and_signal(uint64_t address, uint64_t at_ns)
{
	static struct wake wake;

	wake = (struct wake){.address = address, .at_ns = at_ns};
	s->model.wakes = &wake;
	s->model.wake_count = 1;
	wait_on(t1, a, b);
	wait_on(t2, a, b);
	waits(s->main, NO_INDEX, TRACE_OP_join, synthetic_end(s, t1, "end of one"));
	look();
}

START_TEST(signalled_before)
{
	wait_and_signal(lock_at(a)->address, 999);
	expect_hang(3, 2, true);
}
END_TEST

/* One of them may be about to wake up. */
START_TEST(signalled_since)
{
	wait_and_signal(lock_at(a)->address, 1001);
	expect_none();
}
END_TEST

START_TEST(something_else_was_signalled)
{
	wait_and_signal(lock_at(b)->address, 1001);
	expect_hang(3, 2, true);
}
END_TEST

/* It was signalled since all wait, so often, and others came back from it so often. */
static void signal_and_return(uint32_t signals, uint16_t flags, uint32_t returns)
{
	static struct tally tallies[2];

	tallies[0] = (struct tally){s->main, a, TRACE_EVENT_signalled, flags, signals, 0};
	tallies[1] = (struct tally){t2, a, TRACE_EVENT_woken, 0, returns, 0};
	s->model.tallies = tallies;
	s->model.tally_count = 2;
	wait_and_signal(lock_at(a)->address, 1001);
}

START_TEST(signals_that_others_took)
{
	signal_and_return(2, TRACE_TALLY_ONE_EACH, 2);
	expect_hang(3, 2, true);
}
END_TEST

START_TEST(signal_that_nobody_took)
{
	signal_and_return(2, TRACE_TALLY_ONE_EACH, 1);
	expect_none();
}
END_TEST

START_TEST(broadcast_that_others_took)
{
	signal_and_return(2, 0, 2);
	expect_none();
}
END_TEST

START_TEST(more_signals_than_were_counted)
{
	signal_and_return(2, TRACE_TALLY_ONE_EACH | TRACE_TALLY_MORE, 2);
	expect_none();
}
END_TEST

START_TEST(signals_that_may_be_dropped)
{
	s->model.processes[0].complete = false;
	signal_and_return(2, TRACE_TALLY_ONE_EACH, 2);
	expect_none();
}
END_TEST

START_TEST(signals_of_what_is_not_counted)
{
	lock_at(a)->flags = TRACE_LOCK_UNCOUNTED;
	signal_and_return(2, TRACE_TALLY_ONE_EACH, 2);
	expect_none();
}
END_TEST

/* A barrier for `amount` threads, at which main and one wait. */
static void come(uint32_t amount)
{
	static struct tally tally;

	tally = (struct tally){t1, a, TRACE_EVENT_arrived, 0, 1, amount};
	s->model.tallies = &tally;
	s->model.tally_count = 1;
	lock_at(a)->kind = TRACE_LOCK_barrier;
	waits(s->main, NO_INDEX, TRACE_OP_barrier_wait, a);
	waits(t1, NO_INDEX, TRACE_OP_barrier_wait, a);
	waits(t2, NO_INDEX, TRACE_OP_join, synthetic_end(s, t1, "end of one"));
	look();
}

START_TEST(barrier_one_short)
{
	come(3);
	expect_hang(3, 2, true);
}
END_TEST

START_TEST(barrier_that_opens)
{
	come(2);
	expect_none();
}
END_TEST

/* The mutex that it needs to come back is held by one that waits for its end. */
START_TEST(condition_needs_its_mutex)
{
	wait_on(t1, a, b);
	waits(s->main, b, TRACE_OP_join, synthetic_end(s, t1, "end of one"));
	look();
	expect_cycle(2, 0);
	ck_assert_uint_eq(waiter_wanted(waiter_of(t1)), b);
	ck_assert_uint_eq(waiter_wanted_op(waiter_of(t1)), TRACE_OP_cond_wait);
}
END_TEST

/* Free a moment ago, and taken in a moment. */
START_TEST(lock_that_nobody_has)
{
	waits(t1, NO_INDEX, TRACE_OP_mutex_lock, a);
	waits(t2, NO_INDEX, TRACE_OP_mutex_lock, a);
	waits(s->main, NO_INDEX, TRACE_OP_join, synthetic_end(s, t1, "end of one"));
	look();
	expect_none();
}
END_TEST

static void end_holding(uint32_t thread, uint32_t lock)
{
	static struct misuse misuse;

	misuse = (struct misuse){
		.rule = TRACE_MISUSE_exit_holding,
		.act = TRACE_ACT_thread_end,
		.other_act = TRACE_OP_mutex_lock,
		.thread = thread,
		.lock = lock,
		.stack = NO_INDEX,
		.with = NO_INDEX,
		.other_thread = thread,
		.other_lock = NO_INDEX,
		.other_stack = NO_INDEX,
		.target = NO_INDEX,
		.count = 1,
	};
	s->model.misuses = &misuse;
	s->model.misuse_count = 1;
	s->model.threads[thread].state |= TRACE_THREAD_ENDED;
}

START_TEST(orphan_while_others_go_on)
{
	end_holding(t2, a);
	waits(t1, NO_INDEX, TRACE_OP_mutex_lock, a);
	look();
	expect_hang(1, 1, false);
	ck_assert_uint_eq(hangs.items[0].orphan.lock, a);
	ck_assert_uint_eq(hangs.items[0].orphan.thread, t2);
}
END_TEST

START_TEST(robust_orphan)
{
	end_holding(t2, a);
	lock_at(a)->flags = TRACE_LOCK_ROBUST;
	waits(t1, NO_INDEX, TRACE_OP_mutex_lock, a);
	look();
	expect_none();
}
END_TEST

/* A process that came to its end: only circles count. */
START_TEST(daemons_at_exit)
{
	s->model.processes[0].end = TRACE_END_exit;
	wait_on(t1, a, b);
	s->model.threads[t2].state |= TRACE_THREAD_ENDED;
	s->model.threads[s->main].state |= TRACE_THREAD_ENDED;
	look();
	expect_none();
}
END_TEST

START_TEST(deadlocked_daemons_at_exit)
{
	s->model.processes[0].end = TRACE_END_exit;
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

/* A thread that was not recorded may signal. */
START_TEST(unknown_threads_may_signal)
{
	bool others = true;
	struct wait_facts facts = {.others = &others};

	wait_on(t1, a, b);
	wait_on(t2, a, b);
	waits(s->main, NO_INDEX, TRACE_OP_join, synthetic_end(s, t1, "end of one"));
	look_with(&facts);
	expect_none();
}
END_TEST

START_TEST(long_ring)
{
	enum { COUNT = 300 };
	uint32_t locks[COUNT], threads[COUNT];

	for (int i = 0; i < COUNT; i++) {
		locks[i] = synthetic_lock(s, "ring");
		threads[i] = synthetic_thread(s, s->main, "member");
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

	synthetic_nest(s, t1, a, b, NO_INDEX);
	synthetic_nest(s, t2, b, a, NO_INDEX);
	synthetic_check(s, &findings);
	ck_assert_uint_eq(findings.count, 1);
	ck_assert_str_eq(findings.items[0].rule->name, "lock-order");
	findings_free(&findings);
	cross(TRACE_OP_mutex_lock, TRACE_OP_mutex_lock);
	synthetic_check(s, &findings);
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
		handlers_may_post,
		handlers_of_crashes_do_not,
		posted_semaphore,
		condition_while_others_go_on,
		condition_that_nobody_signals,
		signalled_before,
		signalled_since,
		something_else_was_signalled,
		signals_that_others_took,
		signal_that_nobody_took,
		broadcast_that_others_took,
		more_signals_than_were_counted,
		signals_that_may_be_dropped,
		signals_of_what_is_not_counted,
		barrier_one_short,
		barrier_that_opens,
		condition_needs_its_mutex,
		lock_that_nobody_has,
		orphan_while_others_go_on,
		robust_orphan,
		daemons_at_exit,
		deadlocked_daemons_at_exit,
		facts_win,
		unknown_threads_may_signal,
		long_ring,
		one_bug_is_one_finding,
	};
	Suite *suite = suite_create("wait_graph");
	TCase *group = tcase_create("waits");

	tcase_add_checked_fixture(group, setup, teardown);
	for (size_t i = 0; i < sizeof(tests) / sizeof(*tests); i++)
		tcase_add_test(group, tests[i]);
	suite_add_tcase(suite, group);
	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_ENV);
	int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed ? 1 : 0;
}
