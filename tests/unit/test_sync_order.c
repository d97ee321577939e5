/*
 * Unit tests: what events order, against all schedules of small programs: what is said to come
 * before must have come before in each of them, however far it got.
 */
#include <string.h>

#include "order.h"
#include "reading.h"
#include "suite.h"

enum { THREADS = 3, MOST_CALLS = 4, STATES = 1 << 8 };

static uint32_t object, threads[THREADS];
static uint64_t state;

static void setup(void)
{
	reading_setup();
	threads[0] = main_thread;
	for (int i = 1; i < THREADS; i++)
		threads[i] = builder_thread(b, threads[0], 0);
	object = builder_lock(b, 0x1000, 0);
	((struct trace_lock *)builder_at(b, object))->kind = TRACE_LOCK_semaphore;
}

static uint32_t random_below(uint32_t limit)
{
	state = state * UINT64_C(6364136223846793005) + 1442695040888963407;
	return (uint32_t)(state >> 33) % limit;
}

/* The thread's epoch after its call number i, which is 1 + i before it and 2 + i afterwards. */
static uint32_t epoch_of(int call, bool releases)
{
	return (uint32_t)call + (releases ? 1 : 2);
}

static struct order *built(void)
{
	read_good();
	return order_new(&model);
}

/* A program of posts and takes of one semaphore. */
struct program {
	uint32_t first;
	int count[THREADS];
	bool posts[THREADS][MOST_CALLS];
};

/* How far each thread is: base MOST_CALLS + 1. */
static int pack(const int *at)
{
	return (at[0] * (MOST_CALLS + 1) + at[1]) * (MOST_CALLS + 1) + at[2];
}

/* All states that some schedule comes to. */
static void explore(const struct program *program, int *at, bool *seen)
{
	int units = (int)program->first;

	if (seen[pack(at)])
		return;
	seen[pack(at)] = true;
	for (int t = 0; t < THREADS; t++)
		for (int i = 0; i < at[t]; i++)
			units += program->posts[t][i] ? 1 : -1;
	for (int t = 0; t < THREADS; t++) {
		if (at[t] == program->count[t] || (!program->posts[t][at[t]] && !units))
			continue;
		at[t]++;
		explore(program, at, seen);
		at[t]--;
	}
}

static void random_program(struct program *program)
{
	program->first = random_below(3);
	for (int t = 0; t < THREADS; t++) {
		uint32_t kind = random_below(3); /* posts, takes, both */

		program->count[t] = (int)random_below(MOST_CALLS + 1);
		for (int i = 0; i < program->count[t]; i++)
			program->posts[t][i] = kind == 2 ? random_below(2) : kind;
	}
}

static void write_call(const struct program *program, int t, int i)
{
	bool posts = program->posts[t][i];
	uint32_t index = 0;

	for (int j = 0; j <= i; j++)
		index += program->posts[t][j] == posts;
	builder_event(b, threads[t], object, posts ? TRACE_EVENT_posted : TRACE_EVENT_taken, index,
		      epoch_of(i, posts));
}

/* One schedule, as it is recorded, to its end. False: it hangs before. */
static bool record(const struct program *program)
{
	int at[THREADS] = {0}, units = (int)program->first, left = 0;

	for (int t = 0; t < THREADS; t++)
		left += program->count[t];
	for (int tries = 0; left && tries < 1000; tries++) {
		int t = (int)random_below(THREADS);

		if (at[t] == program->count[t] || (!program->posts[t][at[t]] && !units))
			continue;
		units += program->posts[t][at[t]] ? 1 : -1;
		write_call(program, t, at[t]++);
		left--;
	}
	for (int t = 0; !left && t < THREADS; t++) {
		uint32_t posts = 0;

		for (int i = 0; i < program->count[t]; i++)
			posts += program->posts[t][i];
		builder_tally(b, threads[t], object, TRACE_EVENT_posted, posts, program->first + 1);
		builder_tally(b, threads[t], object, TRACE_EVENT_taken,
			      (uint32_t)program->count[t] - posts, program->first + 1);
	}
	return !left;
}

/* Whether in every state in which y has made call j (or more) x has made call i. */
static bool always_before(const bool *seen, int x, int i, int y, int j)
{
	for (int s = 0; s < STATES; s++) {
		int at[THREADS] = {s / (MOST_CALLS + 1) / (MOST_CALLS + 1),
				   s / (MOST_CALLS + 1) % (MOST_CALLS + 1), s % (MOST_CALLS + 1)};

		if (seen[s] && at[y] > j && at[x] <= i)
			return false;
	}
	return true;
}

START_TEST(agrees_with_all_schedules)
{
	bool seen[STATES] = {false};
	struct program program;
	int at[THREADS] = {0};
	struct order *order;

	state = (uint64_t)_i * 7919 + 1;
	random_program(&program);
	if (!record(&program))
		return;
	explore(&program, at, seen);
	order = built();
	for (int x = 0; x < THREADS; x++)
		for (int i = 0; i < program.count[x]; i++)
			for (int y = 0; y < THREADS; y++)
				for (int j = 0; x != y && j < program.count[y]; j++) {
					/* Main creates the others before all that. */
					bool said =
						order_before(order, (uint32_t)x, epoch_of(i, true),
							     (uint32_t)y, epoch_of(j, false));
					ck_assert(!said || always_before(seen, x, i, y, j));
				}
	order_free(order);
}
END_TEST

/* One poster, one taker. */
static void hand_over(uint32_t amount)
{
	builder_tally(b, threads[1], object, TRACE_EVENT_posted, 2, amount);
	builder_tally(b, threads[2], object, TRACE_EVENT_taken, 2, amount);
	builder_event(b, threads[1], object, TRACE_EVENT_posted, 1, 3);
	builder_event(b, threads[1], object, TRACE_EVENT_posted, 2, 4);
	builder_event(b, threads[2], object, TRACE_EVENT_taken, 1, 6);
	builder_event(b, threads[2], object, TRACE_EVENT_taken, 2, 7);
}

START_TEST(each_take_needs_its_post)
{
	hand_over(1);
	struct order *order = built();
	ck_assert(order_before(order, 1, 3, 2, 6));
	ck_assert(!order_before(order, 1, 3, 2, 5));
	ck_assert(!order_before(order, 1, 4, 2, 6));
	ck_assert(order_before(order, 1, 4, 2, 7));
	ck_assert(!order_before(order, 1, 5, 2, 7));
	ck_assert(!order_before(order_of_threads(order), 1, 3, 2, 6));
	order_free(order);
}
END_TEST

START_TEST(units_from_the_beginning)
{
	hand_over(2);
	struct order *order = built();
	ck_assert(!order_before(order, 1, 3, 2, 6));
	ck_assert(order_before(order, 1, 3, 2, 7));
	ck_assert(!order_before(order, 1, 4, 2, 7));
	order_free(order);
}
END_TEST

START_TEST(unknown_beginning)
{
	hand_over(0);
	struct order *order = built();
	ck_assert(!order_before(order, 1, 3, 2, 7));
	order_free(order);
}
END_TEST

START_TEST(other_posters)
{
	hand_over(1);
	builder_tally(b, threads[0], object, TRACE_EVENT_posted, 1, 1);
	struct order *order = built();
	ck_assert(!order_before(order, 1, 3, 2, 6));
	ck_assert(order_before(order, 1, 3, 2, 7));
	ck_assert(!order_before(order, 1, 4, 2, 7));
	order_free(order);
}
END_TEST

START_TEST(more_posts_than_counted)
{
	hand_over(1);
	uint32_t other = builder_tally(b, threads[0], object, TRACE_EVENT_posted, 0, 1);
	((struct trace_tally *)builder_at(b, other))->flags = TRACE_TALLY_MORE;
	struct order *order = built();
	ck_assert(!order_before(order, 1, 3, 2, 7));
	order_free(order);
}
END_TEST

START_TEST(amounts_that_differ)
{
	hand_over(1);
	builder_tally(b, threads[0], object, TRACE_EVENT_taken, 1, 2);
	struct order *order = built();
	ck_assert(!order_before(order, 1, 3, 2, 7));
	order_free(order);
}
END_TEST

static void expect_nothing(void)
{
	struct order *order = built();
	ck_assert(!order_before(order, 1, 3, 2, 7));
	order_free(order);
}

START_TEST(uncounted_object)
{
	hand_over(1);
	((struct trace_lock *)builder_at(b, object))->flags |= TRACE_LOCK_UNCOUNTED;
	expect_nothing();
}
END_TEST

START_TEST(fewer_than_there_were)
{
	hand_over(1);
	((struct trace_lock *)builder_at(b, object))->flags |= TRACE_LOCK_FEWER;
	expect_nothing();
}
END_TEST

START_TEST(calls_out_of_sight)
{
	hand_over(1);
	((struct trace_header *)builder_at(b, 0))->drops[TRACE_DROP_nested] = 1;
	expect_nothing();
}
END_TEST

/* A take that was recorded before its post. */
START_TEST(contradiction)
{
	builder_event(b, threads[2], object, TRACE_EVENT_taken, 1, 6);
	builder_event(b, threads[1], object, TRACE_EVENT_posted, 1, 3);
	builder_tally(b, threads[1], object, TRACE_EVENT_posted, 1, 1);
	builder_tally(b, threads[2], object, TRACE_EVENT_taken, 1, 1);
	expect_nothing();
}
END_TEST

/* A second tally of one thread and kind: which is the true one? */
START_TEST(two_tallies)
{
	hand_over(1);
	builder_tally(b, threads[1], object, TRACE_EVENT_posted, 2, 1);
	expect_nothing();
}
END_TEST

static void set_kind(enum trace_lock_kind kind)
{
	((struct trace_lock *)builder_at(b, object))->kind = kind;
}

/* Thread t comes in epoch 3, and leaves in epoch 5. */
static void meet(uint32_t t, uint32_t amount)
{
	builder_tally(b, threads[t], object, TRACE_EVENT_arrived, 1, amount);
	builder_tally(b, threads[t], object, TRACE_EVENT_left, 1, amount);
	builder_event(b, threads[t], object, TRACE_EVENT_arrived, 1, 3);
}

static void part(uint32_t t)
{
	builder_event(b, threads[t], object, TRACE_EVENT_left, 1, 5);
}

START_TEST(barrier_for_all)
{
	set_kind(TRACE_LOCK_barrier);
	meet(1, 2);
	meet(2, 2);
	part(1);
	part(2);
	struct order *order = built();
	ck_assert(order_before(order, 1, 3, 2, 5));
	ck_assert(order_before(order, 2, 3, 1, 5));
	ck_assert(!order_before(order, 1, 4, 2, 5));
	ck_assert(!order_before(order, 1, 3, 2, 4));
	order_free(order);
}
END_TEST

START_TEST(barrier_for_some)
{
	set_kind(TRACE_LOCK_barrier);
	meet(1, 2);
	meet(2, 2);
	meet(0, 2);
	part(1);
	part(2);
	struct order *order = built();
	ck_assert(!order_before(order, 1, 3, 2, 5));
	order_free(order);
}
END_TEST

/* One is said to have left before the other came. */
START_TEST(barrier_contradiction)
{
	set_kind(TRACE_LOCK_barrier);
	meet(1, 2);
	part(1);
	meet(2, 2);
	struct order *order = built();
	ck_assert(!order_before(order, 2, 3, 1, 5));
	order_free(order);
}
END_TEST

/* Thread 1 takes the mutex so often before it signals in epoch 3, with it; thread 2 is woken. */
static void signal_once(uint32_t sections, uint32_t signals)
{
	uint32_t mutex = builder_lock(b, 0x2000, 0);
	uint32_t node =
		builder_node(b, threads[1], 0, mutex, 0, TRACE_OP_mutex_lock, (uint64_t)sections);

	set_kind(TRACE_LOCK_condition);
	builder_newest(b, node, 0, 3);
	builder_tally(b, threads[1], object, TRACE_EVENT_signalled, signals, 0);
	builder_tally(b, threads[2], object, TRACE_EVENT_woken, 1, 0);
	uint32_t event = builder_event(b, threads[1], object, TRACE_EVENT_signalled, 1, 3);
	((struct trace_event *)builder_at(b, event))->node = node;
	builder_event(b, threads[2], object, TRACE_EVENT_woken, 1, 6);
}

START_TEST(woken_needs_a_signal)
{
	signal_once(1, 1);
	struct order *order = built();
	ck_assert(order_before(order, 1, 3, 2, 6));
	ck_assert(!order_before(order, 1, 4, 2, 6));
	order_free(order);
}
END_TEST

/* It may have set back then what it sets when it signals. */
START_TEST(mutex_taken_without_a_signal)
{
	signal_once(2, 1);
	struct order *order = built();
	ck_assert(!order_before(order, 1, 3, 2, 6));
	order_free(order);
}
END_TEST

START_TEST(signals_of_the_woken_itself)
{
	signal_once(1, 1);
	builder_tally(b, threads[2], object, TRACE_EVENT_signalled, 1, 0);
	struct order *order = built();
	ck_assert(!order_before(order, 1, 3, 2, 6));
	order_free(order);
}
END_TEST

START_TEST(annotations)
{
	set_kind(TRACE_LOCK_custom);
	builder_tally(b, threads[1], object, TRACE_EVENT_before, 2, 0);
	builder_tally(b, threads[2], object, TRACE_EVENT_after, 1, 0);
	builder_event(b, threads[1], object, TRACE_EVENT_before, 1, 3);
	builder_event(b, threads[2], object, TRACE_EVENT_after, 1, 6);
	builder_event(b, threads[1], object, TRACE_EVENT_before, 2, 4);
	struct order *order = built();
	ck_assert(order_before(order, 1, 3, 2, 6));
	ck_assert(!order_before(order, 1, 4, 2, 6));
	order_free(order);
}
END_TEST

/* Thread 1 takes a mutex in the initialiser, so often; thread 2 comes back in epoch 5. */
static bool once_separates(uint64_t runs, uint32_t first, uint32_t last)
{
	uint32_t mutex = builder_lock(b, 0x2000, 0);

	set_kind(TRACE_LOCK_once);
	uint32_t run = builder_node(b, threads[1], 0, object, 0, TRACE_OP_once, runs);
	builder_node(b, threads[1], run, mutex, 0, TRACE_OP_mutex_lock, 1);
	uint32_t later = builder_node(b, threads[2], 0, mutex, 0, TRACE_OP_mutex_lock, 1);
	builder_newest(b, later, first, last);
	builder_tally(b, threads[2], object, TRACE_EVENT_passed, 1, 0);
	builder_event(b, threads[2], object, TRACE_EVENT_passed, 1, 5);
	struct order *order = built();
	bool separates = !order_concurrent(order, 1, 2) && !order_concurrent(order, 2, 1);
	ck_assert(order_concurrent(order_of_threads(order), 1, 2));
	/* What is not inside is before nothing. */
	ck_assert(order_concurrent(order, 0, 2));
	order_free(order);
	return separates;
}

START_TEST(after_an_initialiser)
{
	ck_assert(once_separates(1, 5, 7));
}
END_TEST

START_TEST(also_before_it_came_back)
{
	ck_assert(!once_separates(1, 4, 7));
}
END_TEST

START_TEST(initialised_twice)
{
	ck_assert(!once_separates(2, 5, 7));
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("sync_order");
	TCase *cases = tcase_create("semaphores"), *others = tcase_create("others");

	tcase_add_checked_fixture(cases, setup, reading_teardown);
	tcase_add_loop_test(cases, agrees_with_all_schedules, 0, 400);
	tcase_add_test(cases, each_take_needs_its_post);
	tcase_add_test(cases, units_from_the_beginning);
	tcase_add_test(cases, unknown_beginning);
	tcase_add_test(cases, other_posters);
	tcase_add_test(cases, more_posts_than_counted);
	tcase_add_test(cases, amounts_that_differ);
	tcase_add_test(cases, uncounted_object);
	tcase_add_test(cases, fewer_than_there_were);
	tcase_add_test(cases, calls_out_of_sight);
	tcase_add_test(cases, contradiction);
	tcase_add_test(cases, two_tallies);
	suite_add_tcase(suite, cases);
	tcase_add_checked_fixture(others, setup, reading_teardown);
	tcase_add_test(others, barrier_for_all);
	tcase_add_test(others, barrier_for_some);
	tcase_add_test(others, barrier_contradiction);
	tcase_add_test(others, woken_needs_a_signal);
	tcase_add_test(others, mutex_taken_without_a_signal);
	tcase_add_test(others, signals_of_the_woken_itself);
	tcase_add_test(others, annotations);
	tcase_add_test(others, after_an_initialiser);
	tcase_add_test(others, also_before_it_came_back);
	tcase_add_test(others, initialised_twice);
	suite_add_tcase(suite, others);
	return suite_run(suite);
}
