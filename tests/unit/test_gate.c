/* The gate: which words catch which findings. */
#include "gate.h"
#include "suite.h"
#include <stdlib.h>
#include <string.h>

static struct finding finding_of(const char *rule, enum verdict verdict)
{
	struct finding finding = {.rule = rule_find(rule), .verdict = verdict};

	ck_assert_ptr_nonnull(finding.rule);
	finding.severity = verdict == VERDICT_DISCHARGED ? SEVERITY_NOTE : finding.rule->severity;
	return finding;
}

static bool catches(const char *list, struct finding finding)
{
	struct gate gate = {NULL, 0};
	char *wrong;
	bool caught;

	ck_assert(gate_parse(&gate, list, &wrong));
	caught = gate_catches(&gate, &finding);
	gate_free(&gate);
	return caught;
}

static const struct {
	const char *list;
	const char *rule;
	enum verdict verdict;
	bool caught;
} cases[] = {
	{GATE_DEFAULT, "lock-order", VERDICT_POTENTIAL, true},
	{GATE_DEFAULT, "lock-order", VERDICT_DISCHARGED, false},
	{GATE_DEFAULT, "deadlock-cycle", VERDICT_OBSERVED, true},
	{GATE_DEFAULT, "relock", VERDICT_NONE, true},
	{GATE_DEFAULT, "thread-leak", VERDICT_NONE, false},
	{GATE_DEFAULT, "data-race", VERDICT_NONE, false},
	{"data-race", "data-race", VERDICT_NONE, true},
	{"misuse", "lock-order", VERDICT_POTENTIAL, false},
	{"thread-leak", "thread-leak", VERDICT_NONE, true},
	{"lock-order", "lock-order", VERDICT_FEASIBLE, true},
	{"lock-order", "lock-order", VERDICT_DISCHARGED, false},
	{"lock-order", "join-order", VERDICT_POTENTIAL, false},
	{"potential", "lock-order", VERDICT_POTENTIAL, true},
	{"potential", "join-order", VERDICT_POTENTIAL, true},
	{"potential", "lock-order", VERDICT_FEASIBLE, false},
	{"potential", "relock", VERDICT_NONE, false},
	{"discharged", "lock-order", VERDICT_DISCHARGED, true},
	{"all", "lock-order", VERDICT_DISCHARGED, true},
	{"all", "thread-leak", VERDICT_NONE, true},
	{"none", "lock-order", VERDICT_OBSERVED, false},
	{"incomplete", "lock-order", VERDICT_OBSERVED, false},
	{"relock,,potential", "lock-order", VERDICT_POTENTIAL, true},
	{"relock,potential,", "relock", VERDICT_NONE, true},
};

START_TEST(words)
{
	bool caught = catches(cases[_i].list, finding_of(cases[_i].rule, cases[_i].verdict));

	ck_assert_msg(caught == cases[_i].caught, "%s, %s", cases[_i].list, cases[_i].rule);
}
END_TEST

START_TEST(known_findings_never_count)
{
	struct finding finding = finding_of("lock-order", VERDICT_POTENTIAL);

	finding.suppressed = true;
	ck_assert(!catches("all", finding));
	finding.suppressed = false;
	finding.baseline = true;
	ck_assert(!catches("all", finding));
}
END_TEST

START_TEST(passing)
{
	struct finding finding = finding_of("lock-order", VERDICT_POTENTIAL);
	struct findings one = {.items = &finding, .count = 1};
	struct findings none = {.items = NULL};
	struct gate gate = {NULL, 0};
	char *wrong;

	ck_assert(gate_parse(&gate, "lock-order", &wrong));
	ck_assert(!gate_passes(&gate, &one, true));
	ck_assert(gate_passes(&gate, &none, true));
	ck_assert(gate_passes(&gate, &none, false));
	ck_assert(gate_parse(&gate, "incomplete", &wrong));
	ck_assert(gate_passes(&gate, &one, true));
	ck_assert(!gate_passes(&gate, &none, false));
	gate_free(&gate);
}
END_TEST

/* As people write lists, also over lines of a script. */
START_TEST(blanks_around_words)
{
	struct gate gate = {NULL, 0};
	char *wrong;

	ck_assert(gate_parse(&gate, " deadlock, lock-order,\n\tmisuse ", &wrong));
	ck_assert_uint_eq(gate.count, 3);
	ck_assert_str_eq(gate.words[0], "deadlock");
	ck_assert_str_eq(gate.words[1], "lock-order");
	ck_assert_str_eq(gate.words[2], "misuse");
	gate_free(&gate);
}
END_TEST

START_TEST(words_not_known)
{
	static const struct {
		const char *list, *wrong;
	} lists[] = {{"lock-oder", "lock-oder"},
		     {"all,x,y", "x"},
		     {"", ""},
		     {",", ""},
		     {" , ", ""},
		     {"all, x", "x"},
		     {"lock order", "lock order"}};
	struct gate gate = {NULL, 0};
	char *wrong;

	ck_assert(gate_parse(&gate, "all", &wrong));
	ck_assert_ptr_null(wrong);
	for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++) {
		ck_assert(!gate_parse(&gate, lists[i].list, &wrong));
		ck_assert_str_eq(wrong, lists[i].wrong);
		free(wrong);
	}
	ck_assert_uint_eq(gate.count, 1);
	ck_assert_str_eq(gate.words[0], "all");
	gate_free(&gate);
}
END_TEST

START_TEST(every_word_is_taken)
{
	struct gate gate = {NULL, 0};
	const char *word;
	char *wrong;
	size_t count = 0;

	while ((word = gate_word(count))) {
		ck_assert_msg(gate_parse(&gate, word, &wrong), "%s", word);
		count++;
	}
	ck_assert_ptr_null(rule_at(count)); /* more words than rules */
	gate_free(&gate);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("gate");
	TCase *tests = tcase_create("gate");

	tcase_add_loop_test(tests, words, 0, sizeof(cases) / sizeof(cases[0]));
	tcase_add_test(tests, known_findings_never_count);
	tcase_add_test(tests, passing);
	tcase_add_test(tests, blanks_around_words);
	tcase_add_test(tests, words_not_known);
	tcase_add_test(tests, every_word_is_taken);
	suite_add_tcase(suite, tests);
	return suite_run(suite);
}
