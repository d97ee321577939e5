/* Waits that nobody can end, and those that somebody may: models made by hand. */
#include "suite.h"
#include "waiting.h"
#include <signal.h>

/* A semaphore that was 0 at first was posted so often. */
static void post(uint32_t count)
{
	static struct tally tally;

	tally = (struct tally){t1, a, TRACE_EVENT_posted, 0, count, 1};
	made->model.tallies = &tally;
	made->model.tally_count = 1;
}

/* main and one wait for what a handler may post; two joins one. */
static void wait_for_post(uint64_t handlers)
{
	lock_at(a)->kind = TRACE_LOCK_semaphore;
	lock_at(a)->flags = TRACE_LOCK_ORDERING;
	post(0);
	made->model.processes[0].handlers = handlers;
	waits(t1, NO_INDEX, TRACE_OP_sem_wait, a);
	waits(made->main, NO_INDEX, TRACE_OP_sem_wait, a);
	waits(t2, NO_INDEX, TRACE_OP_join, synthetic_end(made, t1, "end of one"));
	look();
}

START_TEST(handlers_may_post)
{
	wait_for_post(UINT64_C(1) << (SIGUSR1 - 1));
	expect_none();
}
END_TEST

START_TEST(handlers_of_runtimes_do_not)
{
	made->model.processes[0].by_runtime = UINT64_C(1) << (SIGINT - 1);
	wait_for_post(UINT64_C(1) << (SIGINT - 1));
	expect_hang(3, 2, true);
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
	made->model.wakes = &(struct wake){.address = lock_at(a)->address, .at_ns = 1001};
	made->model.wake_count = 1;
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
	waits(made->main, NO_INDEX, TRACE_OP_join, synthetic_end(made, t1, "end of one"));
	look();
	expect_hang(3, 2, true);
	ck_assert_uint_eq(hangs.items[0].waiters[2], graph->of_thread[made->main]);
}
END_TEST

/* All wait since 1000 ns; somebody signalled then. */
static void wait_and_signal(uint64_t address, uint64_t at_ns)
{
	static struct wake wake;

	wake = (struct wake){.address = address, .at_ns = at_ns};
	made->model.wakes = &wake;
	made->model.wake_count = 1;
	wait_on(t1, a, b);
	wait_on(t2, a, b);
	waits(made->main, NO_INDEX, TRACE_OP_join, synthetic_end(made, t1, "end of one"));
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

	tallies[0] = (struct tally){made->main, a, TRACE_EVENT_signalled, flags, signals, 0};
	tallies[1] = (struct tally){t2, a, TRACE_EVENT_woken, 0, returns, 0};
	made->model.tallies = tallies;
	made->model.tally_count = 2;
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
	made->model.processes[0].complete = false;
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
	made->model.tallies = &tally;
	made->model.tally_count = 1;
	lock_at(a)->kind = TRACE_LOCK_barrier;
	waits(made->main, NO_INDEX, TRACE_OP_barrier_wait, a);
	waits(t1, NO_INDEX, TRACE_OP_barrier_wait, a);
	waits(t2, NO_INDEX, TRACE_OP_join, synthetic_end(made, t1, "end of one"));
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

/* Free a moment ago, and taken in a moment. */
START_TEST(lock_that_nobody_has)
{
	waits(t1, NO_INDEX, TRACE_OP_mutex_lock, a);
	waits(t2, NO_INDEX, TRACE_OP_mutex_lock, a);
	waits(made->main, NO_INDEX, TRACE_OP_join, synthetic_end(made, t1, "end of one"));
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
	made->model.misuses = &misuse;
	made->model.misuse_count = 1;
	made->model.threads[thread].state |= TRACE_THREAD_ENDED;
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
	made->model.processes[0].end = TRACE_END_exit;
	wait_on(t1, a, b);
	made->model.threads[t2].state |= TRACE_THREAD_ENDED;
	made->model.threads[made->main].state |= TRACE_THREAD_ENDED;
	look();
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
	waits(made->main, NO_INDEX, TRACE_OP_join, synthetic_end(made, t1, "end of one"));
	look_with(&facts);
	expect_none();
}
END_TEST

/* All wait in futexes, or in a join of one that does. */
static void wait_in_futexes(enum wait_fact fact, bool strangers, uint64_t handlers)
{
	static enum wait_fact threads[8];
	struct wait_facts facts = {.threads = threads, .strangers = strangers};

	for (size_t i = 0; i < sizeof(threads) / sizeof(*threads); i++)
		threads[i] = fact;
	lock_at(a)->kind = lock_at(b)->kind = TRACE_LOCK_futex;
	made->model.processes[0].handlers = handlers;
	waits(t1, NO_INDEX, TRACE_OP_futex, a);
	waits(t2, NO_INDEX, TRACE_OP_futex, b);
	waits(made->main, NO_INDEX, TRACE_OP_join, synthetic_end(made, t1, "end of one"));
	look_with(&facts);
}

START_TEST(futexes_that_nobody_wakes)
{
	wait_in_futexes(FACT_BLOCKED, false, UINT64_C(1) << (SIGSEGV - 1));
	expect_hang(3, 2, true);
}
END_TEST

/* Whoever woke them is not recorded. */
START_TEST(futexes_that_may_be_over)
{
	wait_in_futexes(FACT_NONE, false, 0);
	expect_none();
}
END_TEST

START_TEST(futexes_that_a_stranger_may_wake)
{
	wait_in_futexes(FACT_BLOCKED, true, 0);
	expect_none();
}
END_TEST

START_TEST(futexes_that_a_handler_may_wake)
{
	wait_in_futexes(FACT_BLOCKED, false, UINT64_C(1) << (SIGTERM - 1));
	expect_none();
}
END_TEST

int main(void)
{
	const TTest *const tests[] = {
		handlers_may_post,
		handlers_of_crashes_do_not,
		handlers_of_runtimes_do_not,
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
		lock_that_nobody_has,
		orphan_while_others_go_on,
		robust_orphan,
		daemons_at_exit,
		unknown_threads_may_signal,
		futexes_that_nobody_wakes,
		futexes_that_may_be_over,
		futexes_that_a_stranger_may_wake,
		futexes_that_a_handler_may_wake,
	};
	Suite *suite = suite_create("hangs");
	TCase *group = tcase_create("waits");

	tcase_add_checked_fixture(group, waiting_setup, waiting_teardown);
	for (size_t i = 0; i < sizeof(tests) / sizeof(*tests); i++)
		tcase_add_test(group, tests[i]);
	suite_add_tcase(suite, group);
	return suite_run(suite);
}
