/*
 * The vocabulary of findings: rules, verdicts, reasons, severities. One table each; the report
 * formats, the gate, `gordian explain` and the documentation are made from them.
 */
#ifndef GORDIAN_RULES_H
#define GORDIAN_RULES_H

#include <stddef.h>

/* K(code, name): kinds of finding, the names of the JSON report. */
#define FINDING_KINDS(K) \
	K(DEADLOCK, "deadlock") \
	K(LOCK_INVERSION, "lock-inversion") \
	K(MISUSE, "misuse") \
	K(DATA_RACE, "data-race")

enum finding_kind {
#define K(code, name) KIND_##code,
	FINDING_KINDS(K)
#undef K
		KIND_COUNT
};

/* S(code, name): severities, worst first. */
#define SEVERITIES(S) \
	S(ERROR, "error") \
	S(WARNING, "warning") \
	S(NOTE, "note")

enum severity {
#define S(code, name) SEVERITY_##code,
	SEVERITIES(S)
#undef S
		SEVERITY_COUNT
};

/* V(code, name, what it means): verdicts, worst first. NONE is for findings that are not cycles. */
#define VERDICTS(V) \
	V(OBSERVED, "observed", "it happened in the recorded run") \
	V(CONFIRMED, "confirmed", "a steered re-run made it happen") \
	V(FEASIBLE, "feasible", "a schedule that respects every observed order leads to it") \
	V(POTENTIAL, "potential", "nothing that was recorded rules it out") \
	V(DISCHARGED, "discharged", "the order is reversed, but it cannot deadlock") \
	V(NONE, NULL, NULL)

enum verdict {
#define V(code, name, help) VERDICT_##code,
	VERDICTS(V)
#undef V
		VERDICT_COUNT
};

/* W(code, name, in words): why a cycle is discharged. */
#define REASONS(W) \
	W(NONE, NULL, NULL) \
	W(GATE_LOCK, "gate-lock", \
	  "another lock, held around every side, lets only one thread in at a time, or a " \
	  "semaphore fewer than it takes") \
	W(SINGLE_THREAD, "single-thread", "only one thread ever took these locks in these orders") \
	W(THREAD_ORDER, "thread-order", \
	  "one side had ended before the other was started (create, join, fork, wait)") \
	W(SYNC_ORDER, "sync-order", \
	  "one side always comes before the other (barrier, semaphore, signal)") \
	W(READ_SHARED, "read-shared", "the sides only share read locks") \
	W(TRY_LOCK, "try-lock", "one side only tries, and does not wait when the lock is taken") \
	W(TIMED, "timed", "one side gives up after a time limit") \
	W(LOCK_REUSE, "lock-reuse", "different locks that had the same address one after the other")

enum reason {
#define W(code, name, words) REASON_##code,
	REASONS(W)
#undef W
		REASON_COUNT
};

/*
 * A rule. `summary` is one line; `text` is what `gordian explain` prints: what it means, an
 * example, how to fix it, in paragraphs separated by empty lines, lines of at most 78 columns.
 */
struct rule {
	const char *name;
	enum finding_kind kind;
	enum severity severity;
	const char *summary;
	const char *text;
};

/* The rules one after the other; NULL past the last. */
const struct rule *rule_at(size_t index);
/* The rule of that name, or NULL. */
const struct rule *rule_find(const char *name);

const char *kind_name(enum finding_kind kind);
const char *severity_name(enum severity severity);
const char *verdict_name(enum verdict verdict); /* NULL for NONE */
const char *verdict_words(enum verdict verdict);
const char *reason_name(enum reason reason); /* NULL for NONE */
const char *reason_words(enum reason reason);

#endif
