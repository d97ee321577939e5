/*
 * Unit tests: the text report, on traces made by hand. There are no modules in them: names and
 * places come out as addresses.
 */
#include <stdlib.h>
#include <string.h>

#include "human.h"
#include "report_made.h"
#include "suite.h"

static bool says(const char *words)
{
	return strstr(fixture.printed, words) != NULL;
}

/* No line is wider than the report, and none ends in a blank. */
static void check_layout(unsigned width)
{
	const char *line = fixture.printed;

	while (*line) {
		size_t length = strcspn(line, "\n");
		char *copy = strndup(line, length);

		ck_assert_msg(human_columns(copy) <= width, "too wide: %s", copy);
		ck_assert_msg(!length || copy[length - 1] != ' ', "blank at the end: %s", copy);
		free(copy);
		line += length + 1;
	}
}

START_TEST(text_finding_in_full)
{
	abba();
	analyse();
	fixture.report.gate_passed = false;
	ck_assert_uint_eq(fixture.findings.count, 1);
	print("text");
	ck_assert(says("[1] lock inversion: lock-order, feasible\n"));
	ck_assert(says("      1. "));
	ck_assert(says(" takes mutex at 0x1000"));
	ck_assert(says("      4. "));
	ck_assert(says(" waits for mutex at 0x"));
	ck_assert(says("Feasible takes for granted"));
	ck_assert(says("holds mutex at 0x1000\n"));
	ck_assert(says("wants mutex at 0x2000\n"));
	ck_assert(says("seen 3 times)"));
	ck_assert(says("seen once)"));
	ck_assert(says(fixture.findings.items[0].id));
	ck_assert(says("gordian: 1 lock inversion in 1 process, 3 threads, 2 locks, 8 "
		       "acquisitions\n"));
	ck_assert(says("gordian: findings; gate failed (fails on deadlock, lock-inversion, "
		       "misuse)\n"));
}
END_TEST

/* Names of over 36 columns are said once; one begins as the other does, and is another lock's. */
#define LONG_NAME "mutex created in make_lock from cache_init at cache.c:2"

static void label(unsigned lock, const char *name)
{
	builder_label(fixture.builder, fixture.locks[lock], name, NULL, 0);
}

START_TEST(text_long_names)
{
	abba();
	label(0, LONG_NAME);
	label(1, LONG_NAME "4");
	analyse();
	fixture.report.width = 200;
	print("text");
	ck_assert(says(" takes lock A while holding lock B, and "));
	ck_assert(says(" takes lock B while holding lock A: each can"));
	ck_assert(says("      lock A: " LONG_NAME "4\n      lock B: " LONG_NAME "\n"));
	ck_assert(says("      holds lock A\n"));
	ck_assert(says("      wants lock A\n"));
	ck_assert(says(" takes lock B."));
	ck_assert(says("GD-"));
	ck_assert_msg(says("  # lock-order: " LONG_NAME ", " LONG_NAME "4\n"),
		      "what is pasted elsewhere has the names");
	ck_assert_ptr_nonnull(
		strstr(print("json"), " takes " LONG_NAME "4 while holding " LONG_NAME ", and "));
}
END_TEST

/* The near miss: one is short, and stays. */
START_TEST(text_short_name_stays)
{
	abba();
	label(0, "cache_lock");
	label(1, LONG_NAME);
	analyse();
	fixture.report.width = 200;
	print("text");
	ck_assert(!says("lock B"));
	ck_assert(says(" takes lock A while holding cache_lock, and "));
	ck_assert(says("      holds cache_lock\n"));
	ck_assert(says("      lock A: " LONG_NAME "\n\n"));
}
END_TEST

/* Numbers tell locks of one name apart. */
START_TEST(text_numbered_names)
{
	abba();
	label(0, LONG_NAME);
	label(1, LONG_NAME);
	analyse();
	fixture.report.width = 200;
	print("text");
	ck_assert(says(" takes lock A while holding lock B, and "));
	ck_assert(says("      lock A: " LONG_NAME "\n      lock B: " LONG_NAME " #2\n"));
}
END_TEST

START_TEST(text_long_names_in_short)
{
	nest(0, 0, 1, 1);
	nest(0, 1, 0, 1);
	label(0, LONG_NAME);
	label(1, LONG_NAME "4");
	analyse();
	fixture.report.width = 200;
	print("text");
	ck_assert(says(" takes lock A while holding lock B, and "));
	ck_assert(says(")\n      lock A: " LONG_NAME "4\n      lock B: " LONG_NAME "\n"));
}
END_TEST

START_TEST(text_fits)
{
	static const unsigned widths[] = {40, 80, 200};
	uint32_t inner;

	nest(0, 0, 1, 3);
	inner = nest(1, 1, 0, 1);
	builder_wait(fixture.builder, inner, 0, 1, 12345678);
	analyse();
	fixture.report.width = widths[_i];
	print("text");
	check_layout(widths[_i] < 80 ? 80 : widths[_i]); /* the table has a least width */
	ck_assert(says("12.3 ms"));
	ck_assert_ptr_null(strchr(fixture.printed, '\033'));
}
END_TEST

START_TEST(text_colours)
{
	abba();
	analyse();
	fixture.report.colour = true;
	print("text");
	ck_assert(says("\033[1m"));
	ck_assert(says("\033[0m"));
	ck_assert_msg(!says("\033[2J"), "an argument's escape sequence got through");
}
END_TEST

START_TEST(text_clean_is_short)
{
	nest(0, 0, 1, 1);
	nest(1, 0, 1, 1);
	analyse();
	ck_assert_str_eq(print("text"),
			 "Coverage: 4 acquisitions in 4 situations, 2 of them with another lock "
			 "held; 2\n"
			 "  locks, 2 of them never waited for; nothing dropped; every search "
			 "finished.\n"
			 "\n"
			 "gordian: nothing found in 1 process, 3 threads, 2 locks, 4 acquisitions\n"
			 "gordian: clean; gate passed (fails on deadlock, lock-inversion, "
			 "misuse)\n");
}
END_TEST

START_TEST(text_discharged)
{
	nest(0, 0, 1, 1);
	nest(0, 1, 0, 1);
	analyse();
	ck_assert_uint_eq(fixture.findings.count, 1);
	print("text");
	ck_assert(says("Lock orders that are reversed, but cannot deadlock (discharged)\n"));
	ck_assert(says("gordian: only what cannot deadlock; gate passed"));
	ck_assert(says("(single-thread,"));
	ck_assert_msg(!says("[1]"), "a discharged finding is not printed in full");
	ck_assert(says("gordian: nothing to fix, 1 that cannot deadlock (discharged) in"));
}
END_TEST

START_TEST(text_incomplete)
{
	static const char *const lost[] = {"process 7 was not recorded: it was static"};

	nest(0, 0, 1, 1);
	builder_header(fixture.builder)->drops[TRACE_DROP_no_space] = 1200;
	analyse();
	fixture.report.lost = lost;
	fixture.report.lost_count = 1;
	print("text");
	ck_assert(says("- process 7 was not recorded: it was static\n"));
	ck_assert(says("1,200 records that did not fit"));
	ck_assert(says("gordian: incomplete"));
	ck_assert(!says("gordian: clean"));
}
END_TEST

START_TEST(text_known)
{
	abba();
	analyse();
	fixture.findings.items[0].suppressed = true;
	print("text");
	ck_assert(!says("[1]"));
	ck_assert(says("nothing found (1 suppressed) in"));
	ck_assert(says("gordian: clean"));
}
END_TEST

START_TEST(nothing_recorded_is_not_clean)
{
	analyse();
	ck_assert_int_eq(report_verdict(&fixture.report), REPORT_INCOMPLETE);
	print("text");
	ck_assert(says("no lock was ever taken"));
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("format_text");
	TCase *tests = tcase_create("format_text");

	tcase_add_checked_fixture(tests, report_set_up, report_tear_down);
	tcase_add_test(tests, text_finding_in_full);
	tcase_add_test(tests, text_long_names);
	tcase_add_test(tests, text_short_name_stays);
	tcase_add_test(tests, text_numbered_names);
	tcase_add_test(tests, text_long_names_in_short);
	tcase_add_loop_test(tests, text_fits, 0, 3);
	tcase_add_test(tests, text_colours);
	tcase_add_test(tests, text_clean_is_short);
	tcase_add_test(tests, text_discharged);
	tcase_add_test(tests, text_incomplete);
	tcase_add_test(tests, text_known);
	tcase_add_test(tests, nothing_recorded_is_not_clean);
	suite_add_tcase(suite, tests);
	return suite_run(suite);
}
