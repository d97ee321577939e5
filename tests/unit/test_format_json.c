/* Unit tests: the JSON report, on traces made by hand. */
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "report_made.h"
#include "suite.h"

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

int main(void)
{
	Suite *suite = suite_create("format_json");
	TCase *tests = tcase_create("format_json");

	tcase_add_checked_fixture(tests, report_set_up, report_tear_down);
	tcase_add_test(tests, json_finding);
	tcase_add_test(tests, json_wants_nothing);
	tcase_add_test(tests, json_references);
	tcase_add_test(tests, json_lock);
	tcase_add_loop_test(tests, json_process, 0, sizeof(endings) / sizeof(endings[0]));
	tcase_add_test(tests, json_many_locks);
	suite_add_tcase(suite, tests);
	return suite_run(suite);
}
