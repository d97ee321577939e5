/* One row of sentences for each rule, and what is put into them. */
#include "misuse_text.h"
#include "human.h"
#include <stdio.h>
#include <string.h>

/*
 * In the sentences: {T} the thread, {D} what it does ("unlocks"), {F} the function it calls,
 * {L} the lock, {W} the second lock of the act, {X} the thread it is about, {U} the thread of the
 * other side, {M} that one's lock, {O} what that one has done to it, {V} the value as a time, {G}
 * the largest of those that it is the sum of, {S} the value as a signal, {E} the value as an error.
 */
struct sentences {
	const char *other; /* the other side is another thread */
	const char *same;  /* it is the same thread */
	const char *alone; /* it is not known */
	/* The same where the cause is an act rather than a hold; NULL: as above. */
	const char *other_act, *same_act;
	const char *often;   /* `value` is a sum of several; NULL: as above */
	const char *refused; /* the same thread, and the call fails with an error, the value */
	bool other_waits;
};

static const struct sentences rule_texts[] = {
	[TRACE_MISUSE_unlock_not_owner] =
		{
			.other = "{T} unlocks {L}, which {U} has locked",
			.alone = "{T} unlocks {L}, which another thread has locked",
		},
	[TRACE_MISUSE_unlock_unlocked] =
		{
			.other_act = "{T} unlocks {L}, which {U} has unlocked already",
			.same_act = "{T} unlocks {L}, which it has unlocked already",
			.alone = "{T} unlocks {L}, which is not locked",
		},
	[TRACE_MISUSE_relock] =
		{
			.same = "{T} locks {L} again while it holds it, and so waits for itself "
				"for ever",
			.refused = "{T} locks {L} again while it holds it, and is refused ({E})",
			.alone = "{T} locks {L} again while it holds it, and so waits for itself "
				 "for ever",
		},
	[TRACE_MISUSE_destroy_locked] =
		{
			.other = "{T} destroys {L} while {U} holds it",
			.same = "{T} destroys {L} while it holds it itself",
			.alone = "{T} destroys {L} while it is locked",
		},
	[TRACE_MISUSE_destroy_waited] =
		{
			.other = "{T} destroys {L} while {U} waits for it",
			.alone = "{T} destroys {L} while a thread waits for it",
			.other_waits = true,
		},
	[TRACE_MISUSE_free_locked] =
		{
			.other = "{T} frees the memory of {L} while {U} holds it",
			.same = "{T} frees the memory of {L} while it holds it itself",
			.alone = "{T} frees the memory of {L} while it is locked",
		},
	[TRACE_MISUSE_use_after_destroy] =
		{
			.other_act = "{T} {D} {L} after {U} destroyed it",
			.same_act = "{T} {D} {L} after destroying it",
			.alone = "{T} {D} {L}, which is destroyed",
		},
	[TRACE_MISUSE_double_init] =
		{
			.other = "{T} initialises {L} while {U} holds it",
			.same = "{T} initialises {L} while it holds it itself",
			.alone = "{T} initialises {L}, which is in use already",
			.other_act = "{T} initialises {L}, which {U} has {O} already",
			.same_act = "{T} initialises {L}, which it has {O} already",
		},
	[TRACE_MISUSE_cond_mutex_mismatch] =
		{
			.other = "{T} waits on {L} with {W}, while {U} waits on it with {M}",
			.alone = "{T} waits on {L} with {W}, while others wait on it with {M}",
			.other_waits = true,
		},
	[TRACE_MISUSE_cond_wait_unlocked] =
		{
			.other = "{T} waits on {L} with {W}, which {U} has locked",
			.alone = "{T} waits on {L} with {W}, which it has not locked",
		},
	[TRACE_MISUSE_rwlock_upgrade] =
		{
			.same = "{T} wants to write under {L} while it holds it for reading, and "
				"so waits for itself",
			.refused = "{T} wants to read under {L} while it holds it for writing, and "
				   "is refused ({E})",
			.alone = "{T} wants to write under {L} while it holds it for reading",
		},
	[TRACE_MISUSE_exit_holding] =
		{
			.same = "{T} ended while it held {L}",
			.alone = "{T} ended while it held {L}",
		},
	[TRACE_MISUSE_fork_holding] =
		{
			.other = "{T}, in the child of a fork, {D} {L}, which {U} held when the "
				 "process "
				 "forked: nobody can release it here",
			.alone = "{T}, in the child of a fork, {D} {L}, which another thread held "
				 "when the "
				 "process forked: nobody can release it here",
		},
	[TRACE_MISUSE_signal_lock] =
		{
			.other = "{T} {D} {L} in a handler of {S}, and {U} takes it where that "
				 "signal can "
				 "come",
			.same = "{T} {D} {L} in a handler of {S}, and also where that signal can "
				"come",
			.alone = "{T} {D} {L} in a handler of {S}, and it is also taken where that "
				 "signal "
				 "can come",
		},
	[TRACE_MISUSE_barrier_misuse] =
		{
			.other = "{T} {D} {L} while {U} waits at it",
			.alone = "{T} initialises {L} for no thread at all, so that there is none",
			.other_waits = true,
		},
	[TRACE_MISUSE_sem_overflow] =
		{
			.alone = "{T} posts {L} beyond its largest value",
		},
	[TRACE_MISUSE_self_join] =
		{
			.alone = "{T} joins itself",
		},
	[TRACE_MISUSE_double_join] =
		{
			.other = "{T} {D} {X}, which {U} {O}",
			.same = "{T} {D} {X}, which it {O}",
			.alone = "{T} {D} {X}, which was joined or detached before",
		},
	[TRACE_MISUSE_thread_leak] =
		{
			.alone = "{T} was neither joined nor detached",
		},
	[TRACE_MISUSE_blocking_under_lock] =
		{
			.same = "{T} was in {F} for {V} while it held {L}",
			.alone = "{T} was in {F} for {V} while it held {L}",
			.often = "{T} was in {F} for {V} in all, {G} at the longest, while it held "
				 "{L}",
		},
	[TRACE_MISUSE_signal_unlocked] =
		{
			.alone = "{T} signals {L} without holding the mutex that threads wait on "
				 "it with",
		},
};

struct teller {
	struct names *names;
	const struct model *model;
	const struct misuse *misuse;
};

static const struct sentences *sentences_of(uint16_t rule)
{
	static const struct sentences none = {.alone = "{T} {D} {L} in a way that is not allowed"};

	if (rule >= sizeof(rule_texts) / sizeof(*rule_texts) || !rule_texts[rule].alone)
		return &none;
	return &rule_texts[rule];
}

bool misuse_other_waits(uint16_t rule)
{
	return sentences_of(rule)->other_waits;
}

static const char *sentence_of(const struct misuse *misuse)
{
	const struct sentences *sentences = sentences_of(misuse->rule);
	bool same = misuse->other_thread == misuse->thread;
	bool act = misuse->other_act && !op_function(misuse->other_act);
	const char *found = NULL;

	if (sentences->often && misuse->most < misuse->value)
		return sentences->often;
	if (misuse->other_thread == NO_INDEX)
		return sentences->alone;
	if (same && sentences->refused && misuse->value)
		return sentences->refused;
	if (act)
		found = same ? sentences->same_act : sentences->other_act;
	if (!found)
		found = same ? sentences->same : sentences->other;
	return found ? found : sentences->alone;
}

static const char *thread_text(const struct teller *teller, uint32_t thread)
{
	return thread == NO_INDEX ? "a thread" : names_thread(teller->names, thread);
}

/* Threads of one name are told apart. */
static void put_other(const struct teller *teller, FILE *out)
{
	const char *mine = thread_text(teller, teller->misuse->thread);
	const char *other = thread_text(teller, teller->misuse->other_thread);

	fprintf(out, "%s%s", strcmp(mine, other) == 0 ? "another " : "", other);
}

static void put_lock(const struct teller *teller, FILE *out, uint32_t lock)
{
	fputs(lock == NO_INDEX ? "a lock" : names_lock(teller->names, lock), out);
}

static void put_signal(FILE *out, uint64_t number)
{
	const char *name = number < 65 ? sigabbrev_np((int)number) : NULL;

	if (name)
		fprintf(out, "SIG%s", name);
	else
		fprintf(out, "signal %llu", (unsigned long long)number);
}

/* What the other side has done, where a sentence leaves that open. */
static const char *other_did(uint16_t act)
{
	switch (act) {
	case TRACE_ACT_use:
		return "used";
	case TRACE_ACT_detach:
	case TRACE_ACT_thrd_detach:
		return "had detached before";
	case TRACE_ACT_create:
		return "had created detached";
	case TRACE_OP_join:
	case TRACE_OP_timedjoin:
	case TRACE_ACT_tryjoin:
	case TRACE_OP_clockjoin:
	case TRACE_OP_thrd_join:
	case TRACE_ACT_clockjoin:
	case TRACE_ACT_thrd_join:
		return "had joined before";
	}
	return "initialised";
}

static bool is_joining(const struct misuse *misuse)
{
	return misuse->rule == TRACE_MISUSE_double_join && misuse->value;
}

static void put_part(const struct teller *teller, FILE *out, char letter)
{
	const struct misuse *misuse = teller->misuse;
	const char *verb = act_verb(misuse->act), *function = act_function(misuse->act);
	char buffer[HUMAN_SIZE];

	switch (letter) {
	case 'T':
		fputs(thread_text(teller, misuse->thread), out);
		return;
	case 'U':
		put_other(teller, out);
		return;
	case 'X':
		fputs(thread_text(teller, misuse->target), out);
		return;
	case 'L':
		put_lock(teller, out, misuse->lock);
		return;
	case 'W':
		put_lock(teller, out, misuse->with);
		return;
	case 'M':
		put_lock(teller, out, misuse->other_lock);
		return;
	case 'D':
		fputs(verb ? verb : "uses", out);
		return;
	case 'O':
		fputs(is_joining(misuse) ? "is joining as well" : other_did(misuse->other_act),
		      out);
		return;
	case 'F':
		fputs(function ? function : "a call", out);
		return;
	case 'V':
		fputs(human_ns(buffer, misuse->value), out);
		return;
	case 'G':
		fputs(human_ns(buffer, misuse->most), out);
		return;
	case 'S':
		put_signal(out, misuse->value);
		return;
	case 'E':
		fputs(misuse->value < 4096 && strerrorname_np((int)misuse->value)
			      ? strerrorname_np((int)misuse->value)
			      : "an error",
		      out);
		return;
	}
}

char *misuse_text(struct names *names, const struct model *model, const struct misuse *misuse)
{
	struct teller teller = {names, model, misuse};
	const char *sentence = sentence_of(misuse);
	size_t size;
	char *text;
	FILE *out = open_memstream(&text, &size);

	for (; *sentence; sentence++) {
		if (*sentence != '{') {
			fputc(*sentence, out);
			continue;
		}
		put_part(&teller, out, sentence[1]);
		sentence += 2;
	}
	fputc('.', out);
	fclose(out);
	return text;
}
