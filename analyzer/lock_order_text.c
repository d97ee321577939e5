/* Words for cycles of two, of a few and of many locks, and for what discharges them. */
#include "lock_order_text.h"
#include "tries.h"
#include "wrappers.h"
#include "xalloc.h"
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* Longer cycles are told by their first step and their locks' names. */
#define TOLD_STEPS 4u
#define NAMED_LOCKS 12u

struct teller {
	const struct model *model;
	struct names *names;
	const struct finding *finding;
	uint32_t gate, fresh;
	const char *unseen, *why;
};

/* Puts more behind a text. */
__attribute__((format(printf, 2, 3), nonnull(2))) static char *append(char *text,
								      const char *format, ...)
{
	va_list arguments;
	size_t length = strlen(text);
	va_start(arguments, format);
	int more = vsnprintf(NULL, 0, format, arguments);
	va_end(arguments);
	text = xrealloc(text, length + more + 1);
	va_start(arguments, format);
	vsnprintf(text + length, more + 1, format, arguments);
	va_end(arguments);
	return text;
}

static const char *thread_name(const struct teller *teller, size_t step)
{
	return names_thread(teller->names, teller->finding->steps[step].thread);
}

/* Whether an earlier step is by a different thread of the same name. */
static bool is_another(const struct teller *teller, size_t step)
{
	for (size_t i = 0; i < step; i++)
		if (teller->finding->steps[i].thread != teller->finding->steps[step].thread &&
		    strcmp(thread_name(teller, i), thread_name(teller, step)) == 0)
			return true;
	return false;
}

static bool is_same(const struct teller *teller, size_t step)
{
	return step > 0 &&
	       teller->finding->steps[step].thread == teller->finding->steps[step - 1].thread;
}

/* How a thread is called that was the subject before. */
static const char *also(const struct teller *teller)
{
	return teller->finding->reason == REASON_SINGLE_THREAD ? "also" : "in another task";
}

static bool is_end(const struct teller *teller, uint32_t lock)
{
	return teller->model->locks[lock].kind == TRACE_LOCK_thread;
}

/* Whether tries, or waits with a time limit, are a wait because they are made over and over. */
static bool again_and_again(const struct teller *teller, const struct finding_hold *wants)
{
	return wants->meaning == TRY_REQUEST &&
	       teller->model->locks[wants->lock].kind != TRACE_LOCK_semaphore;
}

static const char *verb(const struct teller *teller, const struct finding_hold *wants)
{
	unsigned flags = finding_flags(wants);

	if (flags & TRACE_OP_WAIT)
		return is_end(teller, wants->lock) ? "joins" : "waits for";
	if (again_and_again(teller, wants))
		return "asks for";
	return flags & TRACE_OP_TRY ? "tries" : "takes";
}

/* What is said after the lock's name. */
static const char *manner(const struct teller *teller, const struct finding_hold *wants)
{
	unsigned flags = finding_flags(wants);
	if (again_and_again(teller, wants))
		return flags & TRACE_OP_SHARED ? " for reading again and again"
					       : " again and again";
	if (flags & TRACE_OP_REACQUIRE)
		return " again after a condition wait";
	if (wants->refused)
		return flags & TRACE_OP_SHARED ? " for reading, where a try fails,"
					       : ", where a try fails,";
	if (flags & TRACE_OP_SHARED)
		return flags & TRACE_OP_TIMED ? " for reading, with a time limit," : " for reading";
	return flags & TRACE_OP_TIMED ? " with a time limit" : "";
}

/* What is wanted; the end of a thread is called like the thread. */
static const char *object_name(const struct teller *teller, uint32_t lock)
{
	if (is_end(teller, lock) && teller->model->locks[lock].thread != NO_INDEX)
		return names_thread(teller->names, teller->model->locks[lock].thread);
	return names_lock(teller->names, lock);
}

/* "worker takes b while holding a", "main joins worker while holding a", "worker takes a before it
 * ends" */
static char *tell_step(const struct teller *teller, size_t step, char *text)
{
	const struct finding *finding = teller->finding;
	const char *held = names_lock(teller->names, finding->locks[step]);
	const char *wanted = object_name(teller, finding->locks[(step + 1) % finding->lock_count]);
	const char *does = verb(teller, &finding->steps[step].wants);
	const char *how = manner(teller, &finding->steps[step].wants);
	if (is_same(teller, step))
		text = append(text, "%s %s", also(teller), does);
	else
		text = append(text, "%s%s %s", is_another(teller, step) ? "another " : "",
			      thread_name(teller, step), does);
	if (is_end(teller, finding->locks[step]))
		return append(text, " %s%s before it ends", wanted, how);
	if (strcmp(held, wanted) == 0)
		return append(text, " one %s%s while holding another", wanted, how);
	return append(text, " %s%s while holding %s", wanted, how, held);
}

/* Two locks of one name, taken both ways round. */
static char *tell_twins(const struct teller *teller, char *text)
{
	text = append(tell_step(teller, 0, text), ", and ");
	if (is_same(teller, 1))
		return append(text, "%s the same two the other way round", also(teller));
	return append(text, "%s%s takes the same two the other way round",
		      is_another(teller, 1) ? "another " : "", thread_name(teller, 1));
}

/* Whether it is one join under one lock that the joined thread takes; *join is its step. */
static bool is_plain_join(const struct teller *teller, size_t *join)
{
	const uint32_t *locks = teller->finding->locks;
	*join = is_end(teller, locks[0]);
	return teller->finding->lock_count == 2 &&
	       is_end(teller, locks[0]) != is_end(teller, locks[1]);
}

/* "main joins worker while holding a, which worker takes at work.c:12" */
static char *tell_join(const struct teller *teller, size_t join, char *text)
{
	const struct finding_hold *wants = &teller->finding->steps[!join].wants;
	const struct frame *frame = names_place(teller->names, wants->stack);
	text = append(tell_step(teller, join, text), ", which %s %s%s", thread_name(teller, !join),
		      verb(teller, wants), manner(teller, wants));
	if (!frame || !frame->file)
		return text;
	return append(text, " at %s:%d", path_base(frame->file), frame->line);
}

/* In the order in which the sentence names them, by which they are numbered. */
static bool are_namesakes(const struct teller *teller, const uint32_t locks[2])
{
	const char *wanted = names_lock(teller->names, locks[1]);
	return strcmp(wanted, names_lock(teller->names, locks[0])) == 0;
}

static char *tell_few(const struct teller *teller, char *text)
{
	size_t count = teller->finding->lock_count, join;
	const uint32_t *locks = teller->finding->locks;
	if (is_plain_join(teller, &join))
		return tell_join(teller, join, text);
	if (count == 2 && are_namesakes(teller, locks))
		return tell_twins(teller, text);
	for (size_t i = 0; i < count; i++) {
		if (i > 0)
			text = append(text, "%s", i == count - 1 ? ", and " : ", ");
		text = tell_step(teller, i, text);
	}
	return text;
}

static char *tell_many(const struct teller *teller, char *text)
{
	size_t count = teller->finding->lock_count;
	text = append(tell_step(teller, 0, text), ", and so on round %zu locks (", count);
	for (size_t i = 0; i < count && i < NAMED_LOCKS; i++)
		text = append(text, "%s%s", i > 0 ? ", " : "",
			      names_lock(teller->names, teller->finding->locks[i]));
	return append(text, "%s) back to the first", count > NAMED_LOCKS ? ", …" : "");
}

static bool by_one_thread(const struct finding *finding)
{
	return finding->thread_count == 1;
}

/* The step whose wanted lock was taken with that flag. */
static size_t step_with(const struct finding *finding, unsigned flag)
{
	size_t step = 0;
	while (step + 1 < finding->step_count &&
	       !(finding_flags(&finding->steps[step].wants) & flag))
		step++;
	return step;
}

static const char *wanted_name(const struct teller *teller, size_t step)
{
	return object_name(teller, teller->finding->steps[step].wants.lock);
}

/* Whether some step reads under a lock that lets writers first. */
static bool is_queued(const struct teller *teller)
{
	for (size_t i = 0; i < teller->finding->lock_count; i++) {
		const struct finding_hold *wants = &teller->finding->steps[i].wants;
		if (op_flags(wants->op) & TRACE_OP_SHARED &&
		    teller->model->locks[wants->lock].flags & TRACE_LOCK_WRITER_FIRST)
			return true;
	}
	return false;
}

/* How many of the steps hold the lock by themselves. */
static size_t holders_count(const struct finding *finding, uint32_t lock)
{
	size_t count = 0;
	for (size_t i = 0; i < finding->step_count; i++)
		for (size_t k = 0; k < finding->steps[i].hold_count; k++)
			count += finding->steps[i].holds[k].lock == lock;
	return count;
}

static char *tell_gate(const struct teller *teller, char *text)
{
	bool two = teller->finding->lock_count == 2;
	const char *gate = names_lock(teller->names, teller->gate);
	if (lock_is_ordering(&teller->model->locks[teller->gate]))
		return append(text,
			      ", but %s would have to have taken units of %s, which never has so "
			      "many out at once.",
			      two ? "both" : "all of them", gate);
	if (holders_count(teller->finding, teller->gate) < 2)
		return append(
			text,
			", but %s is held around %s: by these threads, by who creates and joins "
			"them "
			"meanwhile, or by who creates them until they get it first; so that only "
			"one can be there at a time.",
			gate, two ? "both" : "two of them");
	return append(text, ", but %s hold %s as well, so that only one can be there at a time.",
		      two ? "both" : "two of them", gate);
}

/* Why not: the end of the sentence of a discharged finding. */
static char *tell_reason(const struct teller *teller, char *text)
{
	const struct finding *finding = teller->finding;
	bool two = finding->lock_count == 2;
	switch (finding->reason) {
	case REASON_SINGLE_THREAD:
		if (by_one_thread(finding))
			return append(text, ", but only one thread ever does %s.",
				      two ? "both" : "all of this");
		return append(text, ", but with fewer threads than locks they cannot all wait.");
	case REASON_GATE_LOCK:
		if (teller->gate == NO_INDEX)
			break;
		return tell_gate(teller, text);
	case REASON_THREAD_ORDER:
		return append(text,
			      ", but never at the same time: one side is over before the %s "
			      "starts (create, join, fork, wait).",
			      two ? "other" : "next");
	case REASON_SYNC_ORDER:
		if (teller->why)
			return append(text, ", but never at the same time: %s.", teller->why);
		if (by_one_thread(finding))
			return append(text,
				      ", but never at the same time: one always comes before the "
				      "%s (creation of a task, wait for it, barrier).",
				      two ? "other" : "next");
		return append(text,
			      ", but never at the same time: one always comes before the %s "
			      "(barrier, semaphore, signal).",
			      two ? "other" : "next");
	case REASON_READ_SHARED:
		return append(text, is_queued(teller)
					    ? ", but readers wait for each other only behind a "
					      "writer, and none can come in between."
					    : ", but readers do not wait for each other.");
	case REASON_TRY_LOCK:
		return append(text, ", but %s does not wait for %s when it is taken.",
			      thread_name(teller, step_with(finding, TRACE_OP_TRY)),
			      wanted_name(teller, step_with(finding, TRACE_OP_TRY)));
	case REASON_TIMED:
		return append(text, ", but %s gives up waiting for %s after a time.",
			      thread_name(teller, step_with(finding, TRACE_OP_TIMED)),
			      wanted_name(teller, step_with(finding, TRACE_OP_TIMED)));
	default:
		break;
	}
	return append(text, ", but it cannot deadlock: %s.", reason_words(finding->reason));
}

static const struct lock *cycle_lock(const struct teller *teller, size_t index)
{
	const struct finding *finding = teller->finding;

	return &teller->model->locks[finding->locks[index % finding->lock_count]];
}

/* The one step that goes against the order classes; the number of locks when there are none or
 * several. */
static size_t wrong_step(const struct teller *teller)
{
	size_t count = teller->finding->lock_count, wrong = count;

	for (size_t i = 0; i < count; i++) {
		const struct lock *held = cycle_lock(teller, i),
				  *wanted = cycle_lock(teller, i + 1);

		if (!held->given_class || !wanted->given_class)
			return count;
		if (wanted->level > held->level)
			continue;
		if (wrong < count)
			return count;
		wrong = i;
	}
	return wrong;
}

/* Who breaks the order that the program itself declares. */
static char *tell_levels(const struct teller *teller, char *text)
{
	size_t step = wrong_step(teller);

	if (step == teller->finding->lock_count)
		return text;
	return append(text, "; by their order classes %s is wrong (level %d after level %d)",
		      thread_name(teller, step), cycle_lock(teller, step + 1)->level,
		      cycle_lock(teller, step)->level);
}

/* "each can end up waiting for the other", and when. */
static char *tell_wait(const struct teller *teller, char *text)
{
	const struct finding *finding = teller->finding;
	text = append(text, ": %s",
		      finding->lock_count == 2
			      ? "each can end up waiting for the other"
			      : "each can end up waiting for the next, in a circle");
	for (size_t i = finding->lock_count; i < finding->step_count; i++)
		text = append(text, "%s%s waits to write under %s",
			      i == finding->lock_count	     ? ", when "
			      : i + 1 == finding->step_count ? " and "
							     : ", ",
			      thread_name(teller, i), wanted_name(teller, i));
	if (finding->step_count > finding->lock_count)
		text = append(text, " in between");
	if (finding->thread_count < finding->step_count)
		text = append(text, ", where different threads do these tasks");
	if (teller->fresh != NO_INDEX)
		text = append(text,
			      "; but %s may not be visible to other threads yet, as %s there for "
			      "the first time",
			      names_lock(teller->names, teller->fresh),
			      teller->model->locks[teller->fresh].flags & TRACE_LOCK_INIT_SEEN
				      ? "who made it takes it"
				      : "it is taken");
	text = append(text, "%s", teller->unseen);
	return append(tell_levels(teller, text), ".");
}

char *lock_order_text(const struct analysis *analysis, const struct finding *finding, uint32_t gate,
		      uint32_t fresh, const char *unseen, const char *why)
{
	struct teller teller = {analysis->model, analysis->names, finding, gate,
				fresh,		 unseen,	  why};
	char *text = xstrdup("");
	text = finding->lock_count > TOLD_STEPS ? tell_many(&teller, text)
						: tell_few(&teller, text);
	return finding->verdict == VERDICT_DISCHARGED ? tell_reason(&teller, text)
						      : tell_wait(&teller, text);
}
