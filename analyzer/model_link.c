#include "model_link.h"

#include <stdlib.h>

#include "compare.h"
#include "model_sum.h"
#include "xalloc.h"

static const struct model *sorted_model; /* for compare_locks only */

static int compare_identities(const struct lock *a, const struct lock *b)
{
	int order = compare_numbers(a->device, b->device);

	order = order ? order : compare_numbers(a->inode, b->inode);
	order = order ? order : compare_numbers(a->offset, b->offset);
	return order ? order : (int)a->kind - (int)b->kind;
}

/* By identity; then such that lives in one place follow each other. */
static int compare_locks(const void *left, const void *right)
{
	uint32_t x = *(const uint32_t *)left, y = *(const uint32_t *)right;
	const struct lock *a = &sorted_model->locks[x], *b = &sorted_model->locks[y];
	int order = compare_identities(a, b);

	order = order ? order : compare_numbers(a->process, b->process);
	order = order ? order : compare_numbers(a->address, b->address);
	return order ? order : compare_numbers(x, y);
}

static uint32_t *list_shared(const struct model *model, size_t *count)
{
	uint32_t *list;

	*count = 0;
	for (size_t i = 0; i < model->lock_count; i++)
		*count += model->locks[i].has_identity;
	list = xcalloc(*count, sizeof(*list));
	*count = 0;
	for (uint32_t i = 0; i < model->lock_count; i++) {
		if (model->locks[i].has_identity)
			list[(*count)++] = i;
	}
	sorted_model = model;
	if (*count)
		qsort(list, *count, sizeof(*list), compare_locks);
	return list;
}

/* Whether one address of one process had several of them. */
static bool ambiguous(const struct model *model, const uint32_t *group, size_t count)
{
	for (size_t i = 1; i < count; i++) {
		const struct lock *a = &model->locks[group[i - 1]], *b = &model->locks[group[i]];

		if (a->process == b->process && a->address == b->address)
			return true;
	}
	return false;
}

static void add_buckets(struct model *model, uint32_t *to, uint32_t from)
{
	if (*to == NO_INDEX) {
		*to = from;
		return;
	}
	for (unsigned b = 0; from != NO_INDEX && b < TRACE_BUCKETS; b++)
		model->histograms[*to].buckets[b] += model->histograms[from].buckets[b];
}

static uint64_t greater(uint64_t a, uint64_t b)
{
	return a > b ? a : b;
}

/* Different processes, different threads: those can be added, too. */
static void take_over(struct model *model, struct lock *to, struct lock *from)
{
	uint32_t own = TRACE_LOCK_INIT_SEEN | TRACE_LOCK_DESTROYED;

	/* It is so for the other's owner: see node_is_ordering. */
	if (to->kind == TRACE_LOCK_file)
		own |= TRACE_LOCK_ORDERING;
	to->flags |= from->flags & ~own;
	to->acquisitions += from->acquisitions;
	to->contended += from->contended;
	to->threads += from->threads;
	to->wait_total_ns += from->wait_total_ns;
	to->wait_max_ns = greater(to->wait_max_ns, from->wait_max_ns);
	to->hold_samples += from->hold_samples;
	to->hold_total_ns += from->hold_total_ns;
	to->hold_max_ns = greater(to->hold_max_ns, from->hold_max_ns);
	add_buckets(model, &to->wait_buckets, from->wait_buckets);
	add_buckets(model, &to->hold_buckets, from->hold_buckets);
	from->acquisitions = from->contended = 0;
	from->threads = 0;
}

/* How well it shows what it is. */
static unsigned merit(const struct lock *lock)
{
	if (lock->kind == TRACE_LOCK_file)
		return !(lock->flags & TRACE_LOCK_ORDERING);
	return lock->flags & TRACE_LOCK_INIT_SEEN ? 1 : 0;
}

/* The one that shows best what it is: initialised there, else the earliest. */
static uint32_t choose(const struct model *model, const uint32_t *group, size_t count)
{
	uint32_t best = group[0];

	for (size_t i = 1; i < count; i++) {
		if (merit(&model->locks[group[i]]) > merit(&model->locks[best]))
			best = group[i];
	}
	return best;
}

/* What one process finds out of the locks of an open file is so in all that have it. */
static void spread_ordering(struct model *model, const uint32_t *group, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const struct lock *from = &model->locks[group[i]];

		if (!from->open_file || !(from->flags & TRACE_LOCK_ORDERING))
			continue;
		for (size_t k = 0; k < count; k++) {
			if (model->locks[group[k]].open_file == from->open_file)
				model->locks[group[k]].flags |= TRACE_LOCK_ORDERING;
		}
	}
}

static void merge(struct model *model, const uint32_t *group, size_t count, uint32_t *becomes)
{
	uint32_t best;

	spread_ordering(model, group, count);
	best = choose(model, group, count);
	for (size_t i = 0; i < count; i++) {
		const struct lock *lock = &model->locks[group[i]];

		/* A process has one for each open file that it is taken through. */
		if (i > 0 && lock->process == model->locks[group[i - 1]].process &&
		    lock_counts(lock))
			model->processes[lock->process].lock_count -= lock->lives;
		if (group[i] == best)
			continue;
		becomes[group[i]] = best;
		take_over(model, &model->locks[best], &model->locks[group[i]]);
	}
}

static void redirect(uint32_t *lock, const uint32_t *becomes)
{
	if (*lock != NO_INDEX)
		*lock = becomes[*lock];
}

static void link_locks(struct model *model)
{
	uint32_t *becomes;
	size_t count, end;
	uint32_t *list = list_shared(model, &count);

	becomes = xcalloc(model->lock_count, sizeof(*becomes));
	for (uint32_t i = 0; i < model->lock_count; i++)
		becomes[i] = i;
	for (size_t first = 0; first < count; first = end) {
		for (end = first + 1;
		     end < count &&
		     compare_identities(&model->locks[list[first]], &model->locks[list[end]]) == 0;)
			end++;
		if (end == first + 1 || ambiguous(model, list + first, end - first))
			continue;
		merge(model, list + first, end - first, becomes);
	}
	for (size_t i = 0; count && i < model->node_count; i++)
		redirect(&model->nodes[i].lock, becomes);
	for (size_t i = 0; count && i < model->deadlock_count; i++)
		redirect(&model->deadlocks[i].lock, becomes);
	for (size_t i = 0; count && i < model->misuse_count; i++) {
		redirect(&model->misuses[i].lock, becomes);
		redirect(&model->misuses[i].with, becomes);
		redirect(&model->misuses[i].other_lock, becomes);
	}
	for (size_t i = 0; count && i < model->held_count; i++) {
		redirect(&model->helds[i].want_lock, becomes);
		redirect(&model->helds[i].want_mutex_lock, becomes);
	}
	free(becomes);
	free(list);
}

static uint32_t find_parent(const struct model *model, const struct process *child)
{
	for (uint32_t i = 0; i < model->process_count; i++) {
		const struct process *process = &model->processes[i];

		/* Always earlier: so there are no circles of creators. */
		if (process->pid == child->forked.pid &&
		    process->start_realtime_ns == child->forked.start_realtime_ns &&
		    process->start_realtime_ns < child->start_realtime_ns)
			return i;
	}
	return NO_INDEX;
}

static void link_fork(struct model *model, const struct process *child)
{
	uint32_t parent = find_parent(model, child);
	struct thread *thread = &model->threads[child->forked.thread];

	if (parent == NO_INDEX || thread->creator != NO_INDEX)
		return;
	for (uint32_t i = 0; i < model->thread_count; i++) {
		if (model->threads[i].process != parent ||
		    model->threads[i].number != child->forked.number)
			continue;
		thread->creator = i;
		thread->create_epoch = child->forked.epoch;
		return;
	}
}

/* The number may be another child's, before or after: this one was there when it was seen. */
static bool is_reaped(const struct model *model, const struct process *child,
		      const struct reap *reap)
{
	return child->end == TRACE_END_running && child->pid == reap->pid &&
	       child->parent_pid == model->processes[reap->process].pid &&
	       child->start_mono_ns < reap->at_mono_ns;
}

static void link_reap(struct model *model, const struct reap *reap)
{
	for (size_t i = 0; i < model->process_count; i++) {
		struct process *child = &model->processes[i];

		if (!is_reaped(model, child, reap))
			continue;
		child->end = TRACE_END_signal;
		child->end_value = reap->signal;
		child->reaped_by = reap->process;
		child->reaped_mono_ns = reap->at_mono_ns;
	}
}

/* Whether the image may be one of the process of that number, at that time. */
static bool is_image_of(const struct process *image, uint32_t pid, uint32_t parent_pid,
			uint64_t mono_ns)
{
	return image->pid == pid && image->parent_pid == parent_pid &&
	       image->start_mono_ns < mono_ns;
}

/* The last image of a process of that number that had begun by then. */
static uint32_t find_image(const struct model *model, uint32_t pid, uint32_t parent_pid,
			   uint64_t mono_ns)
{
	uint32_t best = NO_INDEX;

	for (uint32_t i = 0; i < model->process_count; i++) {
		if (is_image_of(&model->processes[i], pid, parent_pid, mono_ns) &&
		    (best == NO_INDEX ||
		     model->processes[best].start_mono_ns < model->processes[i].start_mono_ns))
			best = i;
	}
	return best;
}

/* One that began as a fork was no other image before. */
static void link_exec(struct model *model, struct process *image)
{
	uint32_t before;

	if (image->forked.thread != NO_INDEX)
		return;
	before = find_image(model, image->pid, image->parent_pid, image->start_mono_ns);
	if (before == NO_INDEX || model->processes[before].end != TRACE_END_exec ||
	    model->processes[before].end_mono_ns > image->start_mono_ns)
		return;
	image->before = before;
}

/* Of processes that had that number one after the other, the wait was for the last. */
static void link_awaited(struct model *model, struct awaited *awaited)
{
	const struct process *waiting = &model->processes[model->threads[awaited->thread].process];

	awaited->process = find_image(model, awaited->pid, waiting->pid, awaited->at_mono_ns);
}

static void link_given_back(struct model *model)
{
	for (size_t i = 0; i < model->misuse_count; i++) {
		const struct misuse *misuse = &model->misuses[i];

		if (misuse->rule == TRACE_MISUSE_unlock_not_owner && misuse->lock != NO_INDEX)
			model->locks[misuse->lock].given_back_by_others = true;
	}
}

void model_link(struct model *model)
{
	link_locks(model);
	link_given_back(model);
	for (size_t i = 0; i < model->process_count; i++)
		link_exec(model, &model->processes[i]);
	for (size_t i = 0; i < model->awaited_count; i++)
		link_awaited(model, &model->awaited[i]);
	for (size_t i = 0; i < model->reap_count; i++)
		link_reap(model, &model->reaps[i]);
	for (size_t i = 0; i < model->process_count; i++) {
		if (model->processes[i].forked.thread != NO_INDEX)
			link_fork(model, &model->processes[i]);
	}
}
