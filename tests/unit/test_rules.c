/* Unit tests: the table of rules is complete and can be printed as it is. */
#include <string.h>

#include "rules.h"
#include "suite.h"

static void check_lines(const char *text)
{
	while (*text) {
		size_t length = strcspn(text, "\n");

		ck_assert_uint_le(length, 78);
		ck_assert_msg(text[length] == '\n', "no line end: %s", text);
		ck_assert_msg(length == 0 || text[length - 1] != ' ', "blank at the end");
		text += length + 1;
	}
}

START_TEST(rule_texts)
{
	const struct rule *rule;
	size_t i;

	for (i = 0; (rule = rule_at(i)); i++) {
		ck_assert_ptr_eq(rule_find(rule->name), rule); /* no name twice */
		ck_assert_uint_le(strlen(rule->summary), 100);
		ck_assert_ptr_nonnull(strstr(rule->text, "\n\n    ")); /* an example */
		ck_assert_ptr_nonnull(strstr(rule->text, "\n\nHow to fix it: "));
		check_lines(rule->text);
	}
	ck_assert_uint_eq(i, 28);
	ck_assert_ptr_null(rule_find("lock"));
}
END_TEST

/* The public interface's table: kind and severity of each rule that is not simply an error. */
START_TEST(rule_kinds)
{
	ck_assert_int_eq(rule_find("hang")->kind, KIND_DEADLOCK);
	ck_assert_int_eq(rule_find("lock-order")->kind, KIND_LOCK_INVERSION);
	ck_assert_int_eq(rule_find("double-join")->kind, KIND_MISUSE);
	ck_assert_int_eq(rule_find("data-race")->kind, KIND_DATA_RACE);
	ck_assert_int_eq(rule_find("lock-order")->severity, SEVERITY_ERROR);
	ck_assert_int_eq(rule_find("thread-leak")->severity, SEVERITY_NOTE);
	ck_assert_int_eq(rule_find("blocking-under-lock")->severity, SEVERITY_NOTE);
	ck_assert_int_eq(rule_find("signal-unlocked")->severity, SEVERITY_NOTE);
}
END_TEST

START_TEST(words)
{
	ck_assert_str_eq(verdict_name(VERDICT_POTENTIAL), "potential");
	ck_assert_ptr_null(verdict_name(VERDICT_NONE));
	ck_assert_str_eq(reason_name(REASON_LOCK_REUSE), "lock-reuse");
	ck_assert_ptr_null(reason_name(REASON_NONE));
	ck_assert_str_eq(kind_name(KIND_LOCK_INVERSION), "lock-inversion");
	ck_assert_str_eq(severity_name(SEVERITY_NOTE), "note");
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("rules");
	TCase *tests = tcase_create("rules");

	tcase_add_test(tests, rule_texts);
	tcase_add_test(tests, rule_kinds);
	tcase_add_test(tests, words);
	suite_add_tcase(suite, tests);
	return suite_run(suite);
}
