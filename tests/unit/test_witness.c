/* Unit tests: schedules that lead to a deadlock, and why there is none. */
#include "suite.h"
#include "synthetic.h"
#include "witness.h"
#include "xalloc.h"
#include <stdlib.h>

static struct synthetic *made;
static uint32_t a, b, gate, t1, t2;

static struct witness_move *moves;
static size_t move_count;
static uint32_t fresh;

static void setup(void)
{
	made = synthetic_new();
	t1 = synthetic_thread(made, made->main, "t1");
	t2 = synthetic_thread(made, made->main, "t2");
	a = synthetic_lock(made, "a");
	b = synthetic_lock(made, "b");
	gate = synthetic_lock(made, "gate");
	moves = NULL;
}

static void teardown(void)
{
	free(moves);
	free(made->model.across);
	free(made->model.events);
	free(made->model.modules);
	synthetic_free(made);
}

static struct node *node(uint32_t index)
{
	return &made->model.nodes[index];
}

/* The thread takes the lock at a place of its own, with that node's path held. */
static uint32_t take_at(uint32_t thread, uint32_t parent, uint32_t lock, const char *place)
{
	return synthetic_node(made, thread, parent, lock, TRACE_OP_mutex_lock, place, 1);
}

static enum witness find(const struct witness_party *parties, size_t count)
{
	struct witnesses *witnesses = witnesses_new(&made->model);
	free(moves);
	moves = NULL;
	move_count = 0;
	enum witness witness = witness_find(witnesses, parties, count, &moves, &move_count, &fresh);
	witnesses_free(witnesses);
	return witness;
}

/* Of two acquisitions, each inside the lock that the other wants. */
static enum witness find_two(uint32_t x, uint32_t y)
{
	const struct witness_party parties[] = {
		{.node = x, .holder = node(x)->parent},
		{.node = y, .holder = node(y)->parent},
	};
	return find(parties, 2);
}

static void expect_move(size_t i, uint32_t thread, uint32_t lock, bool waits)
{
	ck_assert_uint_lt(i, move_count);
	ck_assert_uint_eq(node(moves[i].node)->thread, thread);
	ck_assert_uint_eq(node(moves[i].node)->lock, lock);
	ck_assert_int_eq(moves[i].waits, waits);
}

/* t1 takes b inside a. */
static uint32_t take_ab(void)
{
	return take_at(t1, take_at(t1, NO_INDEX, a, "f"), b, "g");
}

static uint32_t take_ba(void)
{
	return take_at(t2, take_at(t2, NO_INDEX, b, "f"), a, "g");
}

START_TEST(abba_is_told_in_order)
{
	uint32_t x = take_ab(), y = take_ba();
	ck_assert_int_eq(find_two(x, y), WITNESS_FOUND);
	ck_assert_uint_eq(move_count, 4);
	expect_move(0, t1, a, false);
	expect_move(1, t2, b, false);
	expect_move(2, t1, b, true);
	expect_move(3, t2, a, true);
}
END_TEST

/* t1 takes a under the gate and gives the gate back; t2 passes through a under the gate first. */
static void gate_let_go(bool passes, uint32_t *x, uint32_t *y)
{
	uint32_t outer = take_at(t1, NO_INDEX, gate, "gate");
	take_at(t1, outer, a, "f");
	uint32_t left = synthetic_node(made, t1, NO_INDEX, a, TRACE_OP_mutex_lock, "f", 0);
	*x = take_at(t1, left, b, "g");
	outer = take_at(t2, NO_INDEX, gate, "gate");
	if (passes)
		take_at(t2, outer, a, "f");
	*y = take_at(t2, take_at(t2, outer, b, "g"), a, "h");
}

START_TEST(who_must_pass_the_other_is_kept_out)
{
	uint32_t x, y;
	gate_let_go(true, &x, &y);
	ck_assert_int_eq(find_two(x, y), WITNESS_NONE);
}
END_TEST

START_TEST(gate_that_is_let_go_comes_first)
{
	uint32_t x, y;
	gate_let_go(false, &x, &y);
	ck_assert_int_eq(find_two(x, y), WITNESS_FOUND);
	ck_assert_uint_eq(move_count, 5);
	expect_move(0, t1, a, false);
	expect_move(1, t2, gate, false);
}
END_TEST

START_TEST(first_of_two_is_free_of_the_second)
{
	uint32_t outer = take_at(t1, NO_INDEX, a, "f"), inner = take_at(t2, NO_INDEX, b, "f");
	uint32_t first = take_at(t1, outer, b, "g"), second = take_at(t1, outer, b, "h");
	uint32_t one = take_at(t2, inner, a, "g"), two = take_at(t2, inner, a, "h");
	ck_assert_int_eq(find_two(first, one), WITNESS_FOUND);
	ck_assert_int_eq(find_two(second, one), WITNESS_FOUND);
	expect_move(0, t1, a, false);
	ck_assert_int_eq(find_two(first, two), WITNESS_FOUND);
	expect_move(0, t2, b, false);
	/* Each has passed what the other holds since. */
	ck_assert_int_eq(find_two(second, two), WITNESS_NONE);
}
END_TEST

START_TEST(what_comes_later_does_not_matter)
{
	uint32_t outer = take_at(t1, NO_INDEX, a, "f"), inner = take_at(t2, NO_INDEX, b, "f");
	uint32_t x = take_at(t1, outer, b, "g"), y = take_at(t2, inner, a, "g");
	take_at(t1, outer, b, "later");
	take_at(t2, inner, a, "later");
	ck_assert_int_eq(find_two(x, y), WITNESS_FOUND);
}
END_TEST

START_TEST(creator_before_its_thread)
{
	uint32_t outer = take_at(made->main, NO_INDEX, a, "f");
	uint32_t x = take_at(made->main, outer, b, "g");
	uint32_t late = synthetic_thread(made, made->main, "late");
	uint32_t y = take_at(late, take_at(late, NO_INDEX, b, "f"), a, "g");
	ck_assert_int_eq(find_two(x, y), WITNESS_NONE);
	outer = take_at(made->main, NO_INDEX, a, "f again");
	ck_assert_int_eq(find_two(take_at(made->main, outer, b, "g"), y), WITNESS_FOUND);
}
END_TEST

START_TEST(creator_in_a_later_epoch)
{
	uint32_t outer = take_at(made->main, NO_INDEX, a, "f");
	uint32_t x = take_at(made->main, outer, b, "g");
	uint32_t late = synthetic_thread(made, made->main, "late");
	uint32_t y = take_at(late, take_at(late, NO_INDEX, b, "f"), a, "g");
	/* Again, after it has created the thread. */
	made->model.spans[node(outer)->first_span].last++;
	made->model.spans[node(x)->first_span].last++;
	ck_assert_int_eq(find_two(x, y), WITNESS_FOUND);
}
END_TEST

/* The thread of the node holds its path at the end of that epoch. */
static void hold_across(uint32_t held, uint32_t epoch)
{
	struct model *model = &made->model;
	model->across =
		xreallocarray(model->across, model->across_count + 1, sizeof(*model->across));
	model->across[model->across_count++] = (struct across){held, epoch, epoch};
}

START_TEST(held_while_another_is_created)
{
	uint32_t outer = take_at(made->main, NO_INDEX, a, "f");
	hold_across(outer, made->epoch[made->main]);
	uint32_t late = synthetic_thread(made, made->main, "late");
	uint32_t x = take_at(made->main, outer, b, "g");
	uint32_t y = take_at(late, take_at(late, NO_INDEX, b, "f"), a, "g");
	ck_assert_int_eq(find_two(x, y), WITNESS_NONE);
}
END_TEST

/* t1 holds the gate from before it creates a child until after it has joined it, or not so long. */
static enum witness gate_of_parent(bool until_joined)
{
	uint32_t held = take_at(t1, NO_INDEX, gate, "f");
	hold_across(held, 0);
	uint32_t child = synthetic_thread(made, t1, "child");
	uint32_t x = take_at(child, take_at(child, NO_INDEX, a, "f"), b, "g");
	uint32_t outer = take_at(t2, NO_INDEX, gate, "f");
	uint32_t y = take_at(t2, take_at(t2, outer, b, "f"), a, "g");
	if (until_joined)
		hold_across(held, 1);
	synthetic_join(made, t1, child);
	return find_two(x, y);
}

START_TEST(parent_that_holds_the_gate)
{
	ck_assert_int_eq(gate_of_parent(true), WITNESS_NONE);
}
END_TEST

START_TEST(parent_that_gives_the_gate_back)
{
	ck_assert_int_eq(gate_of_parent(false), WITNESS_FOUND);
}
END_TEST

static void event(uint32_t thread, uint16_t kind, uint32_t lock, uint32_t epoch, uint32_t held)
{
	struct model *model = &made->model;
	model->events =
		xreallocarray(model->events, model->event_count + 1, sizeof(*model->events));
	model->events[model->event_count] = (struct event){
		.thread = thread, .lock = lock, .kind = kind, .epoch = epoch, .node = held};
	model->events[model->event_count].number = model->event_count + 1;
	model->event_count++;
}

/* t1 posts when it has taken a, b; t2 takes the semaphore before it takes b, a, or after. */
static enum witness posted(bool before)
{
	uint32_t sem = synthetic_lock(made, "sem");
	made->model.locks[sem].kind = TRACE_LOCK_semaphore;
	made->model.locks[sem].flags = TRACE_LOCK_ORDERING;
	uint32_t x = take_ab();
	made->epoch[t2] = before;
	uint32_t y = take_ba();
	event(t1, TRACE_EVENT_posted, sem, 0, NO_INDEX);
	event(t2, TRACE_EVENT_taken, sem, 1, NO_INDEX);
	/* Of every release there must be an event. */
	struct tally tally = {.thread = t1, .lock = sem, .kind = TRACE_EVENT_posted, .count = 1};
	made->model.tallies = &tally;
	made->model.tally_count = 1;
	enum witness witness = find_two(x, y);
	made->model.tallies = NULL;
	made->model.tally_count = 0;
	return witness;
}

START_TEST(semaphore_before)
{
	ck_assert_int_eq(posted(true), WITNESS_NONE);
}
END_TEST

START_TEST(semaphore_after)
{
	ck_assert_int_eq(posted(false), WITNESS_FOUND);
}
END_TEST

/*
 * main posts `units` times, t1 takes one, then a, b, and posts; after that t2 takes one, then b, a.
 */
static enum witness passed_on_by(uint32_t units, uint32_t first, uint32_t flags)
{
	uint32_t sem = synthetic_lock(made, "sem");
	made->model.locks[sem].kind = TRACE_LOCK_semaphore;
	made->model.locks[sem].flags = TRACE_LOCK_ORDERING | flags;
	made->epoch[t1] = 1;
	uint32_t x = take_ab();
	made->epoch[t2] = 1;
	uint32_t y = take_ba();
	struct tally tallies[] = {
		{.thread = 0, .lock = sem, .kind = TRACE_EVENT_posted, .count = units},
		{.thread = t1, .lock = sem, .kind = TRACE_EVENT_taken, .count = 1},
		{.thread = t1, .lock = sem, .kind = TRACE_EVENT_posted, .count = 1},
		{.thread = t2, .lock = sem, .kind = TRACE_EVENT_taken, .count = 1},
	};
	for (uint32_t i = 0; i < units; i++)
		event(0, TRACE_EVENT_posted, sem, 0, NO_INDEX);
	event(t1, TRACE_EVENT_taken, sem, 1, NO_INDEX);
	event(t1, TRACE_EVENT_posted, sem, 1, NO_INDEX);
	event(t2, TRACE_EVENT_taken, sem, 1, NO_INDEX);
	for (size_t i = 0; i < 4; i++)
		tallies[i].amount = first + 1;
	made->model.tallies = tallies;
	made->model.tally_count = 4;
	enum witness witness = find_two(x, y);
	made->model.tallies = NULL;
	made->model.tally_count = 0;
	return witness;
}

static enum witness passed_on(uint32_t units, uint32_t first)
{
	return passed_on_by(units, first, 0);
}

START_TEST(units_for_one)
{
	ck_assert_int_eq(passed_on(1, 0), WITNESS_NONE);
}
END_TEST

START_TEST(units_for_both)
{
	ck_assert_int_eq(passed_on(2, 0), WITNESS_FOUND);
}
END_TEST

START_TEST(units_at_the_beginning)
{
	ck_assert_int_eq(passed_on(1, 2), WITNESS_FOUND);
}
END_TEST

/* Rounds did something with it of which nothing is left. */
START_TEST(units_of_rounds)
{
	ck_assert_int_eq(passed_on_by(2, 0, TRACE_LOCK_FEWER | TRACE_LOCK_INSIDE), WITNESS_FOUND);
}
END_TEST

START_TEST(units_of_rounds_for_one)
{
	ck_assert_int_eq(passed_on_by(1, 0, TRACE_LOCK_FEWER | TRACE_LOCK_INSIDE), WITNESS_NONE);
}
END_TEST

START_TEST(units_of_rounds_and_others)
{
	ck_assert_int_eq(passed_on_by(2, 0, TRACE_LOCK_FEWER), WITNESS_NONE);
}
END_TEST

/*
 * t1 signals under a mutex that t2 takes, and then b, a. main joins t1, in epoch 3, then makes and
 * joins somebody of whom nothing is left, and joins t2 in epoch 6; in the epoch given it takes a,
 * b.
 */
static enum witness signalled(uint32_t main_epoch, uint32_t flags)
{
	uint32_t condition = synthetic_lock(made, "condition");
	uint32_t mutex = synthetic_lock(made, "mutex");
	struct tally tallies[] = {
		{.thread = t1, .lock = condition, .kind = TRACE_EVENT_signalled, .count = 1},
	};
	made->model.locks[condition].kind = TRACE_LOCK_condition;
	made->model.locks[condition].flags = flags;
	synthetic_join(made, 0, t1);
	event(t1, TRACE_EVENT_signalled, condition, 0, take_at(t1, NO_INDEX, mutex, "signal"));
	take_at(t2, NO_INDEX, mutex, "look");
	uint32_t y = take_ba();
	made->epoch[0] = main_epoch;
	uint32_t outer = take_at(0, NO_INDEX, a, "main_a");
	uint32_t x = take_at(0, outer, b, "main_b");
	made->epoch[0] = 5;
	synthetic_join(made, 0, t2);
	made->model.tallies = tallies;
	made->model.tally_count = 1;
	enum witness witness = find_two(x, y);
	made->model.tallies = NULL;
	made->model.tally_count = 0;
	return witness;
}

START_TEST(signals_of_rounds)
{
	ck_assert_int_eq(signalled(3, TRACE_LOCK_FEWER | TRACE_LOCK_INSIDE), WITNESS_NONE);
}
END_TEST

START_TEST(signals_of_rounds_before)
{
	ck_assert_int_eq(signalled(5, TRACE_LOCK_FEWER | TRACE_LOCK_INSIDE), WITNESS_FOUND);
}
END_TEST

START_TEST(signals_without_rounds)
{
	ck_assert_int_eq(signalled(3, 0), WITNESS_FOUND);
}
END_TEST

START_TEST(waits_that_are_not_known)
{
	uint32_t x = take_ab(), y = take_ba();
	made->model.threads[t2].blind = 1;
	ck_assert_int_eq(find_two(x, y), WITNESS_NONE);
	made->model.threads[t2].blind = 2; /* in an epoch after it stops */
	ck_assert_int_eq(find_two(x, y), WITNESS_FOUND);
}
END_TEST

/* t1 signals a condition under m when it has taken a, b; t2 takes m, but never has to wait. */
START_TEST(condition_that_nobody_waits_for)
{
	uint32_t m = synthetic_lock(made, "m"), condition = synthetic_lock(made, "condition");
	made->model.locks[condition].kind = TRACE_LOCK_condition;
	uint32_t x = take_ab(), held = take_at(t1, NO_INDEX, m, "f");
	struct signal signal = {held, 0};
	made->model.signals = &signal;
	made->model.signal_count = 1;
	take_at(t2, NO_INDEX, m, "f");
	uint32_t y = take_ba();
	enum witness witness = find_two(x, y);
	made->model.signals = NULL;
	made->model.signal_count = 0;
	ck_assert_int_eq(witness, WITNESS_NONE);
	ck_assert_int_eq(find_two(x, y), WITNESS_FOUND);
}
END_TEST

START_TEST(what_is_not_understood)
{
	static const uint16_t ops[] = {TRACE_OP_mutex_trylock, TRACE_OP_mutex_timedlock,
				       TRACE_OP_cond_wait, TRACE_OP_fcntl_lock, 999};
	uint32_t x = take_ab(), y = take_ba();
	for (size_t i = 0; i < sizeof(ops) / sizeof(*ops); i++) {
		node(y)->op = ops[i];
		ck_assert_int_eq(find_two(x, y), WITNESS_NONE);
	}
	node(y)->op = TRACE_OP_mutex_lock;
	made->model.threads[t2].state |= TRACE_THREAD_FOREIGN;
	ck_assert_int_eq(find_two(x, y), WITNESS_NONE);
	made->model.threads[t2].state &= ~TRACE_THREAD_FOREIGN;
	made->model.locks[a].lives = 2;
	ck_assert_int_eq(find_two(x, y), WITNESS_NONE);
	made->model.locks[a].lives = 1;
	made->model.processes[0].widened = 1;
	ck_assert_int_eq(find_two(x, y), WITNESS_NONE);
	made->model.processes[0].widened = 0;
	made->model.processes[0].complete = false;
	ck_assert_int_eq(find_two(x, y), WITNESS_NONE);
	made->model.processes[0].complete = true;
	made->model.stacks[node(y)->stack].flags = TRACE_STACK_HANDLER;
	ck_assert_int_eq(find_two(x, y), WITNESS_NONE);
	made->model.stacks[node(y)->stack].flags = 0;
	ck_assert_int_eq(find_two(x, y), WITNESS_FOUND);
}
END_TEST

START_TEST(lock_that_was_just_made)
{
	uint32_t x = take_ab(), y = take_ba();
	made->model.locks[a].created_by = t1;
	ck_assert_int_eq(find_two(x, y), WITNESS_FRESH);
	ck_assert_uint_eq(fresh, a);
	/* Who comes again has shown it in between. */
	node(x)->count = node(node(x)->parent)->count = 2;
	ck_assert_int_eq(find_two(x, y), WITNESS_FOUND);
	node(x)->count = 1;
	ck_assert_int_eq(find_two(x, y), WITNESS_FRESH);
	made->model.locks[a].created_by = made->main;
	ck_assert_int_eq(find_two(x, y), WITNESS_FOUND);
}
END_TEST

START_TEST(lock_that_is_a_variable)
{
	uint32_t x = take_ab(), y = take_ba();
	made->model.locks[a].created_by = t1;
	made->model.modules = xcalloc(1, sizeof(*made->model.modules));
	made->model.module_count = 1;
	made->model.modules[0] = (struct module){
		.start = 0, .end = made->model.locks[a].address + 1, .unloaded = UINT32_MAX};
	ck_assert_int_eq(find_two(x, y), WITNESS_FOUND);
}
END_TEST

START_TEST(writer_waits_first)
{
	uint32_t outer = synthetic_node(made, t1, NO_INDEX, a, TRACE_OP_rwlock_rdlock, "f", 1);
	uint32_t x = synthetic_node(made, t1, outer, a, TRACE_OP_rwlock_rdlock, "g", 1);
	uint32_t y = synthetic_node(made, t2, NO_INDEX, a, TRACE_OP_rwlock_wrlock, "f", 1);
	const struct witness_party parties[] = {
		{.node = x, .holder = outer},
		{.node = y, .holder = NO_INDEX, .writer = true},
	};
	ck_assert_int_eq(find(parties, 2), WITNESS_FOUND);
	ck_assert_uint_eq(move_count, 3);
	expect_move(0, t1, a, false);
	expect_move(1, t2, a, true);
	expect_move(2, t1, a, true);
}
END_TEST

START_TEST(join_waits_for_who_stops)
{
	uint32_t end = synthetic_end(made, t2, "t2");
	uint32_t outer = take_at(t1, NO_INDEX, a, "f");
	const struct witness_party parties[] = {
		{.node = synthetic_node(made, t1, outer, end, TRACE_OP_join, "g", 1),
		 .holder = outer},
		{.node = take_at(t2, NO_INDEX, a, "f"), .holder = NO_INDEX},
	};
	synthetic_join(made, t1, t2);
	ck_assert_int_eq(find(parties, 2), WITNESS_FOUND);
	ck_assert_uint_eq(move_count, 3);
	expect_move(1, t1, end, true);
	expect_move(2, t2, a, true);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("witness");
	TCase *cases = tcase_create("witness");
	tcase_add_checked_fixture(cases, setup, teardown);
	tcase_add_test(cases, abba_is_told_in_order);
	tcase_add_test(cases, who_must_pass_the_other_is_kept_out);
	tcase_add_test(cases, gate_that_is_let_go_comes_first);
	tcase_add_test(cases, first_of_two_is_free_of_the_second);
	tcase_add_test(cases, what_comes_later_does_not_matter);
	tcase_add_test(cases, creator_before_its_thread);
	tcase_add_test(cases, creator_in_a_later_epoch);
	tcase_add_test(cases, held_while_another_is_created);
	tcase_add_test(cases, parent_that_holds_the_gate);
	tcase_add_test(cases, parent_that_gives_the_gate_back);
	tcase_add_test(cases, semaphore_before);
	tcase_add_test(cases, semaphore_after);
	tcase_add_test(cases, units_for_one);
	tcase_add_test(cases, units_for_both);
	tcase_add_test(cases, units_at_the_beginning);
	tcase_add_test(cases, units_of_rounds);
	tcase_add_test(cases, units_of_rounds_for_one);
	tcase_add_test(cases, units_of_rounds_and_others);
	tcase_add_test(cases, signals_of_rounds);
	tcase_add_test(cases, signals_of_rounds_before);
	tcase_add_test(cases, signals_without_rounds);
	tcase_add_test(cases, waits_that_are_not_known);
	tcase_add_test(cases, condition_that_nobody_waits_for);
	tcase_add_test(cases, what_is_not_understood);
	tcase_add_test(cases, lock_that_was_just_made);
	tcase_add_test(cases, lock_that_is_a_variable);
	tcase_add_test(cases, writer_waits_first);
	tcase_add_test(cases, join_waits_for_who_stops);
	suite_add_tcase(suite, cases);
	return suite_run(suite);
}
