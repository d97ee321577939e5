/*
 * The rules of misuse that the recorder saw broken: records that mean the same place of the same
 * class of lock are one finding.
 *
 * The first step is the act, the second is its cause: who holds the lock, or destroyed it, and
 * where. When that is the same thread and it holds the lock, both are one step.
 */
#include "finding.h"
#include "fingerprint.h"
#include "misuse_text.h"
#include "xalloc.h"
#include <pthread.h>
#include <semaphore.h>
#include <stdlib.h>
#include <uthash.h>

/* All records of one fingerprint. */
struct group {
	uint64_t fingerprint;
	struct misuse shown; /* the first, with the sum of all values where they are sums */
	uint64_t count, instances;
	UT_hash_handle hh;
};

static const char *class_of(struct names *names, uint32_t lock)
{
	return lock == NO_INDEX ? "" : names_lock_class(names, lock);
}

/* Where it happened; what has no place of its own (the end of a thread) is told by its cause. */
static uint64_t print_of(struct names *names, const struct misuse *misuse)
{
	uint32_t stack = misuse->stack != NO_INDEX ? misuse->stack : misuse->other_stack;
	uint64_t print = fingerprint_text(FINGERPRINT_START, misuse_rule(misuse->rule));
	const char *place = names_place_text(names, stack);

	print = fingerprint_text(print, class_of(names, misuse->lock));
	print = fingerprint_text(print, class_of(names, misuse->with));
	print = fingerprint_text(print, place ? place : "?");
	/* The times of one call are a sum of their own. */
	return misuse->most ? fingerprint_text(print, act_function(misuse->act)) : print;
}

static uint32_t thread_of(const struct model *model, uint32_t pid, uint64_t tid)
{
	for (uint32_t i = 0; i < model->thread_count; i++)
		if (model->threads[i].tid == tid &&
		    model->processes[model->threads[i].process].pid == pid)
			return i;
	return NO_INDEX;
}

static uint32_t parent_of(const struct model *model, uint32_t process)
{
	uint32_t pid = model->processes[process].parent_pid;

	for (uint32_t i = 0; i < model->process_count; i++)
		if (i != process && model->processes[i].pid == pid)
			return i;
	return NO_INDEX;
}

/* Who held a lock at the fork: a thread of a forefather, if that was recorded as well. */
static uint32_t holder_at_fork(const struct model *model, const struct misuse *misuse)
{
	uint32_t process = model->threads[misuse->thread].process, holder = NO_INDEX;

	if (misuse->rule != TRACE_MISUSE_fork_holding)
		return misuse->other_thread;
	for (uint32_t i = 0; i < model->process_count && holder == NO_INDEX; i++) {
		holder = thread_of(model, model->processes[process].parent_pid, misuse->value);
		process = parent_of(model, process);
		if (process == NO_INDEX)
			break;
	}
	return holder;
}

static void groups_add(struct group **groups, struct analysis *analysis,
		       const struct misuse *misuse)
{
	uint64_t print = print_of(analysis->names, misuse);
	struct group *group;

	HASH_FIND(hh, *groups, &print, sizeof(print), group);
	if (!group) {
		group = xcalloc(1, sizeof(*group));
		group->fingerprint = print;
		group->shown = *misuse;
		group->shown.other_thread = holder_at_fork(analysis->model, misuse);
		HASH_ADD(hh, *groups, fingerprint, sizeof(print), group);
	} else if (misuse->most) {
		group->shown.value += misuse->value;
		if (misuse->most > group->shown.most)
			group->shown.most = misuse->most;
	}
	group->count += misuse->count;
	group->instances++;
}

static void list_add(uint32_t *list, size_t *count, uint32_t index)
{
	for (size_t i = 0; i < *count; i++)
		if (list[i] == index)
			return;
	if (index != NO_INDEX)
		list[(*count)++] = index;
}

static void fill_lists(struct finding *finding, const struct misuse *misuse)
{
	finding->locks = xcalloc(3, sizeof(*finding->locks));
	finding->threads = xcalloc(3, sizeof(*finding->threads));
	list_add(finding->locks, &finding->lock_count, misuse->lock);
	list_add(finding->locks, &finding->lock_count, misuse->with);
	list_add(finding->locks, &finding->lock_count, misuse->other_lock);
	list_add(finding->threads, &finding->thread_count, misuse->thread);
	list_add(finding->threads, &finding->thread_count, misuse->other_thread);
	list_add(finding->threads, &finding->thread_count, misuse->target);
}

static void step_hold(struct finding_step *step, struct finding_hold hold)
{
	step->holds = xcalloc(1, sizeof(*step->holds));
	step->holds[0] = hold;
	step->hold_count = 1;
}

static void fill_steps(struct finding *finding, const struct misuse *misuse, uint64_t count)
{
	bool known = misuse->other_thread != NO_INDEX || misuse->other_stack != NO_INDEX;
	bool acts = misuse->other_act && !op_function(misuse->other_act);
	bool holds = misuse->lock != NO_INDEX && !acts && !misuse_other_waits(misuse->rule) &&
		     !(op_flags(misuse->other_act) & TRACE_OP_WAIT);
	struct finding_hold none = {NO_INDEX, 0, NO_INDEX}, cause = none;
	struct finding_step *steps = xcalloc(2, sizeof(*steps));

	/* Who waits waits for the lock of the act, whatever else it uses. */
	cause.lock = misuse->other_lock != NO_INDEX && !misuse_other_waits(misuse->rule)
			     ? misuse->other_lock
			     : misuse->lock;
	cause.op = misuse->other_act;
	cause.stack = misuse->other_stack;
	finding->steps = steps;
	finding->step_count = 1;
	steps[0].thread = misuse->thread;
	steps[0].count = count;
	steps[0].wants = (struct finding_hold){misuse->lock, misuse->act, misuse->stack};
	if (!known)
		return;
	if (holds && misuse->other_thread == misuse->thread) {
		step_hold(&steps[0], cause);
		return;
	}
	finding->step_count = 2;
	steps[1].thread = misuse->other_thread;
	steps[1].count = count;
	steps[1].wants = none;
	if (holds)
		step_hold(&steps[1], cause);
	else
		steps[1].wants = cause;
}

static void group_report(struct analysis *analysis, const struct group *group,
			 struct findings *findings)
{
	struct finding *finding = findings_add(findings);

	fingerprint_id(group->fingerprint, finding->id);
	finding->rule = rule_find(misuse_rule(group->shown.rule));
	finding->verdict = VERDICT_NONE;
	finding->severity = finding->rule->severity;
	finding->instances = group->instances;
	finding->message = misuse_text(analysis->names, analysis->model, &group->shown);
	fill_lists(finding, &group->shown);
	fill_steps(finding, &group->shown, group->count);
}

/* Which threads ever took which locks; sorted. */
struct takers {
	uint64_t *pairs;
	size_t count;
};

static uint64_t pair_of(uint32_t thread, uint32_t lock)
{
	return (uint64_t)thread << 32 | lock;
}

static int compare_pairs(const void *left, const void *right)
{
	const uint64_t *a = left, *b = right;

	return (*a > *b) - (*a < *b);
}

static void takers_read(struct takers *takers, const struct model *model)
{
	takers->pairs = xcalloc(model->node_count + 1, sizeof(*takers->pairs));
	for (size_t i = 0; i < model->node_count; i++)
		if (model->nodes[i].count > 0)
			takers->pairs[takers->count++] =
				pair_of(model->nodes[i].thread, model->nodes[i].lock);
	qsort(takers->pairs, takers->count, sizeof(*takers->pairs), compare_pairs);
}

/*
 * A signal without the mutex is right when the thread changed what the waiters look at under the
 * mutex before: told by whether it takes that mutex at all.
 */
static bool changes_under_mutex(struct takers *takers, const struct model *model,
				const struct misuse *misuse)
{
	uint64_t pair = pair_of(misuse->thread, misuse->with);

	if (misuse->with == NO_INDEX)
		return false;
	if (!takers->pairs)
		takers_read(takers, model);
	return bsearch(&pair, takers->pairs, takers->count, sizeof(pair), compare_pairs);
}

/*
 * A lock that only one thread ever takes keeps nobody waiting. Nor does a semaphore that stands for
 * something that happens once, such as the end of a thread (CPython has one for each): it is taken
 * once by the thread, and once by who joins it. What processes share may be wanted by one that is
 * not recorded; but not a semaphore that was taken and never given back, which is no lock.
 */
static bool keeps_nobody_waiting(const struct model *model, const struct misuse *misuse)
{
	const struct lock *lock;

	if (misuse->lock == NO_INDEX)
		return false;
	lock = &model->locks[misuse->lock];
	if (lock->flags & TRACE_LOCK_SHARED)
		return lock->kind == TRACE_LOCK_semaphore && lock->acquisitions <= lock->lives;
	return lock->threads < 2 ||
	       (lock->kind == TRACE_LOCK_semaphore && lock->acquisitions <= lock->threads);
}

static bool is_harmless(struct takers *takers, const struct model *model,
			const struct misuse *misuse)
{
	if (misuse->rule == TRACE_MISUSE_signal_unlocked)
		return changes_under_mutex(takers, model, misuse);
	if (misuse->rule == TRACE_MISUSE_blocking_under_lock)
		return keeps_nobody_waiting(model, misuse);
	return false;
}

/* Bytes of the C library's lock of that kind; 0: it has none. */
static size_t lock_size(enum trace_lock_kind kind)
{
	static const size_t sizes[] = {
		[TRACE_LOCK_mutex] = sizeof(pthread_mutex_t),
		[TRACE_LOCK_rwlock] = sizeof(pthread_rwlock_t),
		[TRACE_LOCK_spin] = sizeof(pthread_spinlock_t),
		[TRACE_LOCK_condition] = sizeof(pthread_cond_t),
		[TRACE_LOCK_semaphore] = sizeof(sem_t),
		[TRACE_LOCK_barrier] = sizeof(pthread_barrier_t),
	};

	return kind < sizeof(sizes) / sizeof(*sizes) ? sizes[kind] : 0;
}

/*
 * The recorder sees memory, not objects: when a lock that nobody holds is initialised again,
 * another object may have taken the place of one that was never destroyed. Not when the source has
 * one lock there and nothing else.
 */
static bool is_other_object(struct analysis *analysis, const struct misuse *misuse)
{
	bool held = !misuse->other_act || op_function(misuse->other_act);
	const struct lock *lock;

	if (misuse->rule != TRACE_MISUSE_double_init || held || misuse->lock == NO_INDEX)
		return false;
	lock = &analysis->model->locks[misuse->lock];
	return !symbols_is_lock(analysis->symbols, lock->process, lock->generation, lock->address,
				lock_size(lock->kind));
}

static void find_misuses(struct analysis *analysis, struct findings *findings)
{
	const struct model *model = analysis->model;
	struct group *groups = NULL, *group, *next;
	struct takers takers = {0};

	for (size_t i = 0; i < model->misuse_count; i++)
		if (!is_harmless(&takers, model, &model->misuses[i]) &&
		    !is_other_object(analysis, &model->misuses[i]))
			groups_add(&groups, analysis, &model->misuses[i]);
	free(takers.pairs);
	HASH_ITER (hh, groups, group, next) {
		HASH_DEL(groups, group);
		group_report(analysis, group, findings);
		free(group);
	}
}

const struct check check_misuse = {
	.rule = "unlock-not-owner",
	.help = "Locks and threads are used in ways that POSIX does not allow.",
	.run = find_misuses,
};
