/*
 * Unit tests: the text and the JSON report, on traces made by hand. There are no modules in them:
 * names and places come out as addresses.
 */
#include <check.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "format.h"
#include "human.h"
#include "trace_builder.h"

static const char *const fail_on[] = {"deadlock", "lock-inversion", "misuse"};

/* A report on what the builder holds, and all that belongs to it. */
struct fixture {
	struct trace_builder *builder;
	uint32_t main, threads[2], locks[2];
	struct model model;
	struct analysis analysis;
	struct findings findings;
	struct report report;
	char *printed;
};

static struct fixture fixture;

static void set_up(void)
{
	fixture = (struct fixture){.builder = builder_new()};
	builder_process(fixture.builder, "/opt/prog", "prog", "-x\033[2J", NULL);
	fixture.main = builder_main(fixture.builder);
	for (unsigned i = 0; i < 2; i++)
		fixture.threads[i] = builder_thread(fixture.builder, fixture.main, i);
	for (unsigned i = 0; i < 2; i++)
		fixture.locks[i] = builder_lock(fixture.builder, 0x1000 * (i + 1), 0);
}

/* The thread takes `inner` while it holds `outer`, `count` times; the inner node. */
static uint32_t nest(unsigned thread, unsigned outer, unsigned inner, uint64_t count)
{
	struct trace_builder *builder = fixture.builder;
	uint32_t node = builder_node(builder, fixture.threads[thread], 0, fixture.locks[outer], 0,
				     TRACE_OP_mutex_lock, count);

	return builder_node(builder, fixture.threads[thread], node, fixture.locks[inner], 0,
			    TRACE_OP_mutex_lock, count);
}

static void abba(void)
{
	nest(0, 0, 1, 3);
	nest(1, 1, 0, 1);
}

/* Reads what was built, and runs the checks. */
static void analyse(void)
{
	struct fixture *f = &fixture;
	struct reader_error error;

	model_init(&f->model);
	ck_assert_msg(builder_read(f->builder, &f->model, &error), "%s", error.text);
	f->analysis.model = &f->model;
	f->analysis.symbols = symbols_new(&f->model);
	f->analysis.names = names_new(&f->model, f->analysis.symbols);
	f->analysis.order = order_new(&f->model);
	findings_run(&f->analysis, &f->findings);
	f->report = (struct report){.analysis = &f->analysis,
				    .findings = &f->findings,
				    .gate_passed = true,
				    .fail_on = fail_on,
				    .fail_on_count = 3};
}

static const char *print(const char *format)
{
	size_t size;
	FILE *stream;

	free(fixture.printed);
	stream = open_memstream(&fixture.printed, &size);
	ck_assert(format_find(format)->print(&fixture.report, stream));
	fclose(stream);
	return fixture.printed;
}

static void tear_down(void)
{
	free(fixture.printed);
	findings_free(&fixture.findings);
	order_free(fixture.analysis.order);
	names_free(fixture.analysis.names);
	symbols_free(fixture.analysis.symbols);
	model_free(&fixture.model);
	builder_free(fixture.builder);
}

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
	ck_assert(says("cannot deadlock"));
	ck_assert(says("(single-thread,"));
	ck_assert_msg(!says("[1]"), "a discharged finding is not printed in full");
	ck_assert(says("gordian: nothing to fix, 1 discharged in"));
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
	ck_assert(says("nothing found, 1 suppressed in"));
	ck_assert(says("gordian: clean"));
}
END_TEST

START_TEST(verdicts)
{
	abba();
	analyse();
	ck_assert_int_eq(report_verdict(&fixture.report), REPORT_FINDINGS);
	fixture.findings.truncated.cycles = 1;
	ck_assert_int_eq(report_verdict(&fixture.report), REPORT_FINDINGS);
	fixture.findings.items[0].baseline = true;
	ck_assert_int_eq(report_verdict(&fixture.report), REPORT_INCOMPLETE);
	fixture.findings.truncated.cycles = 0;
	ck_assert_int_eq(report_verdict(&fixture.report), REPORT_CLEAN);
	fixture.report.lost_count = 1;
	ck_assert_int_eq(report_verdict(&fixture.report), REPORT_INCOMPLETE);
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

static json_t *parse(void)
{
	json_error_t error;
	json_t *root = json_loads(print("json"), JSON_REJECT_DUPLICATES, &error);

	ck_assert_msg(root, "%s", error.text);
	return root;
}

/* The value of a path such as "findings/0/steps". */
static json_t *get(json_t *root, const char *path)
{
	char *copy = strdup(path), *rest = copy, *part;

	while ((part = strsep(&rest, "/"))) {
		root = json_is_array(root) ? json_array_get(root, (size_t)atoi(part))
					   : json_object_get(root, part);
		ck_assert_msg(root, "%s: no %s", path, part);
	}
	free(copy);
	return root;
}

static const char *text_at(json_t *root, const char *path)
{
	ck_assert_msg(json_is_string(get(root, path)), "%s", path);
	return json_string_value(get(root, path));
}

static json_int_t number_at(json_t *root, const char *path)
{
	ck_assert_msg(json_is_integer(get(root, path)), "%s", path);
	return json_integer_value(get(root, path));
}

START_TEST(json_finding)
{
	json_t *root;

	abba();
	analyse();
	root = parse();
	ck_assert_str_eq(text_at(root, "schema"), "gordian-report/1");
	ck_assert_str_eq(text_at(root, "verdict"), "findings");
	ck_assert(json_is_true(get(root, "gate/passed")));
	ck_assert_str_eq(text_at(root, "gate/fail_on/1"), "lock-inversion");
	ck_assert_int_eq(number_at(root, "summary/lock-inversion"), 1);
	ck_assert_int_eq(number_at(root, "summary/suppressed"), 0);
	ck_assert_str_eq(text_at(root, "findings/0/id"), fixture.findings.items[0].id);
	ck_assert_str_eq(text_at(root, "findings/0/kind"), "lock-inversion");
	ck_assert_str_eq(text_at(root, "findings/0/rule"), "lock-order");
	ck_assert_str_eq(text_at(root, "findings/0/verdict"), "feasible");
	ck_assert_str_eq(text_at(root, "findings/0/witness/0/action"), "takes");
	ck_assert_str_eq(text_at(root, "findings/0/witness/0/mode"), "exclusive");
	ck_assert_str_eq(text_at(root, "findings/0/witness/3/action"), "waits");
	ck_assert(json_is_array(get(root, "findings/0/witness/3/stack")));
	ck_assert(json_is_null(get(root, "findings/0/reason")));
	ck_assert_str_eq(text_at(root, "findings/0/severity"), "error");
	ck_assert_str_eq(text_at(root, "findings/0/steps/0/wants/op"), "pthread_mutex_lock");
	ck_assert_str_eq(text_at(root, "findings/0/steps/0/holds/0/mode"), "exclusive");
	ck_assert_int_eq(number_at(root, "findings/0/steps/0/process"), 100);
	ck_assert(json_is_array(get(root, "findings/0/steps/1/wants/stack")));
	ck_assert_int_eq(number_at(root, "findings/0/instances"), 1);
	ck_assert(json_is_false(get(root, "findings/0/baseline")));
	json_decref(root);
}
END_TEST

/* A finding need not be about a wait: a lock is unlocked by a stranger, say. */
START_TEST(json_wants_nothing)
{
	json_t *root;

	abba();
	analyse();
	fixture.findings.items[0].steps[0].wants = (struct finding_hold){NO_INDEX, 0, NO_INDEX};
	root = parse();
	ck_assert(json_is_null(get(root, "findings/0/steps/0/wants")));
	ck_assert(json_is_object(get(root, "findings/0/steps/1/wants")));
	print("text");
	json_decref(root);
}
END_TEST

/* What a finding refers to is listed. */
START_TEST(json_references)
{
	const char *kinds[] = {"locks", "threads"};
	json_t *root, *id, *entry;
	size_t i, n;

	abba();
	analyse();
	root = parse();
	ck_assert_uint_eq(json_array_size(get(root, "findings/0/locks")), 2);
	ck_assert_uint_eq(json_array_size(get(root, "findings/0/threads")), 2);
	for (unsigned kind = 0; kind < 2; kind++)
		json_array_foreach(json_object_get(get(root, "findings/0"), kinds[kind]), i, id)
		{
			bool found = false;

			json_array_foreach(json_object_get(root, kinds[kind]), n, entry) found |=
				json_equal(json_object_get(entry, "id"), id);
			ck_assert(found);
		}
	json_decref(root);
}
END_TEST

START_TEST(json_lock)
{
	const uint64_t pc = 0x1234;
	json_t *root;

	builder_lock(fixture.builder, 0x9000, 0); /* never taken: not listed */
	fixture.locks[1] =
		builder_lock(fixture.builder, 0x3000, builder_stack(fixture.builder, 1, &pc));
	builder_wait(fixture.builder, nest(0, 0, 1, 5), 0, 2, 1000);
	builder_holds(fixture.builder, fixture.locks[1], 4, 500);
	analyse();
	root = parse();
	ck_assert_uint_eq(json_array_size(get(root, "locks")), 2);
	ck_assert_str_eq(text_at(root, "locks/1/address"), "0x3000");
	ck_assert_str_eq(text_at(root, "locks/1/kind"), "mutex");
	ck_assert_int_eq(number_at(root, "locks/1/acquisitions"), 5);
	ck_assert_int_eq(number_at(root, "locks/1/contended"), 2);
	ck_assert_int_eq(number_at(root, "locks/1/wait_ns/total"), 2000);
	ck_assert_int_eq(number_at(root, "locks/1/wait_ns/max"), 1000);
	ck_assert_int_le(number_at(root, "locks/1/wait_ns/p99"), 1000);
	ck_assert_int_eq(number_at(root, "locks/1/hold_ns/samples"), 4);
	ck_assert_int_eq(number_at(root, "locks/1/created/stack/0/offset"), 0x1234);
	ck_assert(json_is_null(get(root, "locks/1/created/stack/0/function")));
	ck_assert(json_is_null(get(root, "locks/1/created/stack/0/line")));
	ck_assert_uint_eq(json_array_size(get(root, "locks/0/created/stack")), 0);
	ck_assert_int_eq(number_at(root, "coverage/nestings"), 1);
	json_decref(root);
}
END_TEST

static const struct {
	enum trace_end end;
	bool code, signal;
} endings[] = {
	{TRACE_END_exit, true, false},	 {TRACE_END_quick_exit, true, false},
	{TRACE_END_signal, false, true}, {TRACE_END_running, false, false},
	{TRACE_END_exec, false, false},
};

START_TEST(json_process)
{
	json_t *root;

	nest(0, 0, 1, 1);
	builder_header(fixture.builder)->end = endings[_i].end;
	builder_header(fixture.builder)->end_value = 9;
	builder_header(fixture.builder)->drops[TRACE_DROP_nested] = 3;
	analyse();
	root = parse();
	ck_assert_str_eq(text_at(root, "verdict"), "incomplete");
	ck_assert_int_eq(number_at(root, "processes/0/pid"), 100);
	ck_assert_str_eq(text_at(root, "processes/0/argv/1"), "-x\033[2J");
	ck_assert_int_eq(number_at(root, "processes/0/dropped"), 3);
	ck_assert_int_eq(number_at(root, "coverage/drops/nested"), 3);
	ck_assert(json_is_false(get(root, "processes/0/complete")));
	ck_assert(json_is_integer(get(root, "processes/0/exit/code")) == endings[_i].code);
	ck_assert(json_is_integer(get(root, "processes/0/exit/signal")) == endings[_i].signal);
	json_decref(root);
}
END_TEST

/* With very many locks only those that matter are listed, and the rest is counted. */
START_TEST(json_many_locks)
{
	json_t *root;

	abba();
	for (unsigned i = 0; i < 10001; i++)
		builder_node(fixture.builder, fixture.main, 0,
			     builder_lock(fixture.builder, 0x100000 + 64 * i, 0), 0,
			     TRACE_OP_mutex_lock, 1);
	analyse();
	root = parse();
	ck_assert_uint_eq(json_array_size(get(root, "locks")), 2);
	ck_assert_int_eq(number_at(root, "coverage/locks_left_out"), 10001);
	json_decref(root);
}
END_TEST

START_TEST(full_disk)
{
	FILE *full = fopen("/dev/full", "w");

	abba();
	analyse();
	ck_assert_ptr_nonnull(full);
	setvbuf(full, NULL, _IONBF, 0);
	ck_assert(!format_find(_i ? "json" : "text")->print(&fixture.report, full));
	fclose(full);
}
END_TEST

START_TEST(list_of_formats)
{
	ck_assert_str_eq(formats[0]->name, "text");
	ck_assert_ptr_nonnull(format_find("json"));
	ck_assert_ptr_null(format_find("jso"));
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("formats");
	TCase *tests = tcase_create("formats");
	SRunner *runner;
	int failed;

	tcase_add_checked_fixture(tests, set_up, tear_down);
	tcase_add_test(tests, text_finding_in_full);
	tcase_add_loop_test(tests, text_fits, 0, 3);
	tcase_add_test(tests, text_colours);
	tcase_add_test(tests, text_clean_is_short);
	tcase_add_test(tests, text_discharged);
	tcase_add_test(tests, text_incomplete);
	tcase_add_test(tests, text_known);
	tcase_add_test(tests, verdicts);
	tcase_add_test(tests, nothing_recorded_is_not_clean);
	tcase_add_test(tests, json_finding);
	tcase_add_test(tests, json_wants_nothing);
	tcase_add_test(tests, json_references);
	tcase_add_test(tests, json_lock);
	tcase_add_loop_test(tests, json_process, 0, sizeof(endings) / sizeof(endings[0]));
	tcase_add_test(tests, json_many_locks);
	tcase_add_loop_test(tests, full_disk, 0, 2);
	suite_add_tcase(suite, tests);
	tests = tcase_create("list");
	tcase_add_test(tests, list_of_formats);
	suite_add_tcase(suite, tests);
	runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
