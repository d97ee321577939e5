#include "watch.h"
#include "borrowers.h"
#include "environment.h"
#include "hangs.h"
#include "live_children.h"
#include "live_facts.h"
#include "live_futex.h"
#include "past_waits.h"
#include "targets.h"
#include "trace_file.h"
#include "watch_graph.h"
#include "watch_signals.h"
#include "xalloc.h"
#include <errno.h>
#include <math.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/* Seconds. */
static const double look_interval = 0.1;
static const double circle_age = 0.2;	/* that waits have before they count */
static const double first_pause = 0.25; /* after a circle that was none; doubled each time */
static const double longest_pause = 60;
static const unsigned early_looks = 6;		    /* whose cost does not make pauses longer */
static const double cost_share = 0.003;		    /* of a processor, that looking may take */
static const uint64_t lasting = 0x9e3779b97f4a7c15; /* in a print: of waits that have lasted */

struct watch {
	const struct recording *recording;
	enum watch_action action;
	double hang_timeout;	/* 0: none */
	struct timespec listed; /* the directory's time of change, when it was listed */
	struct watch_trace *traces;
	size_t trace_count;
	uint64_t refuted;     /* the print of what was no deadlock */
	unsigned refutations; /* how often in a row, less 1 */
	double not_before;    /* before the same is looked at again */
	double not_soon;      /* and anything else */
	struct assessment *kept;
	struct live_look look; /* that goes with it */
	struct borrowers borrowers;
};

static double seconds(clockid_t clock)
{
	struct timespec time;

	clock_gettime(clock, &time);
	return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static enum watch_action action_of(const char *options)
{
	char *word = environment_value(options, "on_deadlock");
	enum watch_action action = WATCH_END;

	if (word)
		action = strcmp(word, "abort") ? WATCH_GO_ON : WATCH_ABORT;
	free(word);
	return action;
}

static double timeout_of(const char *options)
{
	char *word = environment_value(options, "hang_timeout");
	double timeout = word ? strtod(word, NULL) : 2;

	free(word);
	return timeout;
}

struct watch *watch_new(const struct recording *recording)
{
	struct watch *watch = xcalloc(1, sizeof(*watch));

	watch->recording = recording;
	watch->action = action_of(recording->options);
	watch->hang_timeout = timeout_of(recording->options);
	return watch;
}

enum watch_action watch_action(const struct watch *watch)
{
	return watch->action;
}

static void drop(struct watch *watch)
{
	if (!watch->kept)
		return;
	assessment_free(watch->kept);
	free(watch->kept);
	watch->kept = NULL;
}

void watch_free(struct watch *watch)
{
	if (!watch)
		return;
	for (size_t i = 0; i < watch->trace_count; i++)
		watch_trace_close(&watch->traces[i]);
	free(watch->traces);
	drop(watch);
	live_look_free(&watch->look);
	borrowers_free(&watch->borrowers);
	free(watch);
}

static void add_trace(struct watch *watch, const char *path)
{
	for (size_t i = 0; i < watch->trace_count; i++)
		if (!strcmp(watch->traces[i].path, path))
			return;
	watch->traces =
		xreallocarray(watch->traces, watch->trace_count + 1, sizeof(*watch->traces));
	watch_trace_open(&watch->traces[watch->trace_count++], path);
}

/* New files change the directory's time, which is no finer than the kernel's clock tick. */
static void list_traces(struct watch *watch)
{
	const double tick = 0.02;
	struct stat status;
	char **paths;
	size_t count;

	if (!watch->recording->directory || stat(watch->recording->directory, &status) ||
	    (status.st_mtim.tv_sec == watch->listed.tv_sec &&
	     status.st_mtim.tv_nsec == watch->listed.tv_nsec))
		return;
	if (seconds(CLOCK_REALTIME) - (double)status.st_mtim.tv_sec -
		    (double)status.st_mtim.tv_nsec / 1e9 >
	    tick)
		watch->listed = status.st_mtim;
	count = recording_list(watch->recording, &paths);
	for (size_t i = 0; i < count; i++) {
		add_trace(watch, paths[i]);
		free(paths[i]);
	}
	free(paths);
}

static bool is_alive(const struct watch_trace *trace)
{
	return !trace->over && trace->pid > 0 && (!kill(trace->pid, 0) || errno == EPERM);
}

static void look_at_traces(struct watch *watch, double now)
{
	for (size_t i = 0; i < watch->trace_count; i++) {
		struct watch_trace *trace = &watch->traces[i];

		if (trace->over || (trace->pid && !is_alive(trace)))
			continue;
		if (!watch_trace_look(trace, now))
			trace->thread_count = 0;
	}
}

/* Not all such waits are published. */
static bool any_awaits_child(const struct watch *watch)
{
	for (size_t i = 0; i < watch->trace_count; i++)
		if (is_alive(&watch->traces[i]) && live_awaits_child(watch->traces[i].pid))
			return true;
	return false;
}

/* Whether anything looks like a deadlock: a print of it; 0: nothing does. */
static uint64_t find_suspicion(struct watch *watch, double now)
{
	double long_before = watch->hang_timeout > 0 ? now - watch->hang_timeout : -1;
	uint64_t print = 0;
	unsigned lonely = 0;
	bool any = false, for_child = false;

	for (size_t i = 0; i < watch->trace_count; i++) {
		struct watch_trace *trace = &watch->traces[i];
		struct watch_state state;
		bool still;

		if (!is_alive(trace) || !trace->thread_count)
			continue;
		state = watch_state_of(trace, now - circle_age, long_before);
		/* Two processes may have what the other one wants. */
		lonely += state.lonely;
		for_child = for_child || state.for_child;
		still = state.all_still && live_all_sleep(trace->pid);
		any = any || state.circle || state.long_lonely || state.all_wait || still;
		print = print * 31 + state.print;
		/* What has lasted for a longer time is looked at once more. */
		if (state.long_lonely || state.all_wait || still)
			print += lasting;
	}
	any = any || lonely > 1 || (lonely && (for_child || any_awaits_child(watch)));
	return any ? print | 1 : 0;
}

static void look_begin(struct watch *watch)
{
	pid_t *pids = xcalloc(watch->trace_count + 1, sizeof(*pids));
	size_t count = 0;

	for (size_t i = 0; i < watch->trace_count; i++)
		if (is_alive(&watch->traces[i]))
			pids[count++] = watch->traces[i].pid;
	live_look_free(&watch->look);
	live_look_begin(&watch->look, pids, count);
	free(pids);
}

/* The traces, and between two looks at the kernel's threads. */
static void read_traces(struct watch *watch)
{
	struct assessment *assessment = xcalloc(1, sizeof(*assessment));

	look_begin(watch);
	assessment_init(assessment);
	for (size_t i = 0; i < watch->trace_count; i++)
		assessment_add_trace(assessment, watch->traces[i].path);
	assessment_link(assessment);
	live_look_end(&watch->look, &assessment->model);
	assessment->facts = &watch->look.facts;
	assessment->doing = watch->look.doing;
	watch->kept = assessment;
}

static const struct watch_trace *trace_of(const struct watch *watch, const struct process *process)
{
	for (size_t i = 0; i < watch->trace_count; i++)
		if (!strcmp(watch->traces[i].path, process->path))
			return &watch->traces[i];
	return NULL;
}

/* Whether a thread has waited for that since then, without a break. */
static bool still_waits(const struct watch_trace *trace, uint64_t want, double since)
{
	for (size_t i = 0; i < trace->thread_count; i++)
		if (watched_may_wait(&trace->threads[i]) &&
		    (trace->threads[i].want & ~TRACE_ANNOTATED) == want &&
		    trace->threads[i].first_seen <= since)
			return true;
	return false;
}

/* What was read at different times belongs together: all have waited from before to after. */
static bool all_last(const struct watch *watch, const struct wait_graph *graph,
		     const uint32_t *waiters, uint32_t count, double since)
{
	const struct model *model = graph->model;

	for (uint32_t i = 0; i < count; i++) {
		const struct waiter *waiter = &graph->waiters[waiters[i]];
		const struct process *process =
			&model->processes[model->threads[waiter->thread].process];
		const struct watch_trace *trace = trace_of(watch, process);

		if (!trace || !trace_file_in_use(trace->path, trace->pid))
			return false;
		/* Not published: the kernel says what it is blocked on. */
		if (waiter->held && waiter->held->want && !waiter->held->unpublished &&
		    !still_waits(trace, waiter->held->want, since))
			return false;
	}
	return true;
}

/* Whether a signal may come whose handler ends it all. */
static bool signal_may_come(const struct wait_graph *graph, const struct hang *hang)
{
	const struct model *model = graph->model;

	for (uint32_t i = 0; i < hang->count; i++) {
		const struct waiter *waiter = &graph->waiters[hang->waiters[i]];
		const struct process *process =
			&model->processes[model->threads[waiter->thread].process];
		bool posted = waiter_is_posted(waiter);

		if (process_awaits_signal((pid_t)process->pid, process->by_runtime, posted))
			return true;
	}
	return false;
}

static bool any_hang(const struct watch *watch, const struct wait_graph *graph, double now)
{
	struct hangs hangs;
	bool found = false;

	if (watch->hang_timeout <= 0)
		return false;
	hangs_find(graph, &hangs);
	for (size_t i = 0; !found && i < hangs.count; i++) {
		const struct hang *hang = &hangs.items[i];

		found = !(hang->whole && signal_may_come(graph, hang)) &&
			all_last(watch, graph, hang->waiters, hang->count,
				 now - watch->hang_timeout);
	}
	hangs_free(&hangs);
	return found;
}

static bool any_circle(const struct watch *watch, const struct wait_graph *graph, double since)
{
	for (uint32_t i = 0; i < graph->cycle_count; i++)
		if (all_last(watch, graph, graph->cycles[i].waiters, graph->cycles[i].count, since))
			return true;
	return false;
}

/* What the recorder saw is certain, also where the kernel does not tell what a thread waits for. */
static bool any_recorded(const struct watch *watch, const struct wait_graph *graph, double since)
{
	struct past_waits past;
	bool found = false;

	past_waits_make(&past, graph);
	for (uint32_t i = 0; !found && i < past.graph.cycle_count; i++)
		found = !past.broken[i] &&
			all_last(watch, &past.graph, past.graph.cycles[i].waiters,
				 past.graph.cycles[i].count, since);
	past_waits_free(&past);
	return found;
}

static bool is_deadlock(struct watch *watch, double now)
{
	struct wait_graph *graph = wait_graph_new(&watch->kept->model, &watch->look.facts);
	bool found;

	look_at_traces(watch, seconds(CLOCK_MONOTONIC));
	found = any_circle(watch, graph, now) || any_recorded(watch, graph, now) ||
		any_hang(watch, graph, now);
	wait_graph_free(graph);
	return found;
}

static bool confirm(struct watch *watch, double now)
{
	read_traces(watch);
	if (is_deadlock(watch, now))
		return true;
	drop(watch);
	return false;
}

static void refute(struct watch *watch, uint64_t suspicion, double now, double cost)
{
	double soon = 20 * cost, pause = soon;

	watch->refutations = watch->refuted == suspicion ? watch->refutations + 1 : 0;
	watch->refuted = suspicion;
	/* It may only have been too early, or a thread been seen as it was about to wait. */
	if (watch->refutations >= early_looks)
		pause = cost / cost_share;
	watch->not_before =
		now + fmax(fmin(ldexp(first_pause, (int)watch->refutations), longest_pause), pause);
	watch->not_soon = now + soon;
}

static bool is_due(const struct watch *watch, uint64_t suspicion, double now)
{
	return now >= (suspicion == watch->refuted ? watch->not_before : watch->not_soon);
}

bool watch_look(struct watch *watch, double *next)
{
	double now = seconds(CLOCK_MONOTONIC), used = seconds(CLOCK_PROCESS_CPUTIME_ID);
	uint64_t suspicion;

	list_traces(watch);
	look_at_traces(watch, now);
	suspicion = find_suspicion(watch, now);
	used = seconds(CLOCK_PROCESS_CPUTIME_ID) - used;
	*next = fmax(used / cost_share, look_interval);
	if (!suspicion || !is_due(watch, suspicion, now))
		return false;
	used = seconds(CLOCK_PROCESS_CPUTIME_ID);
	if (confirm(watch, now))
		return true;
	refute(watch, suspicion, now, seconds(CLOCK_PROCESS_CPUTIME_ID) - used);
	return false;
}

void watch_keep(struct watch *watch)
{
	if (watch->kept)
		return;
	list_traces(watch);
	look_at_traces(watch, seconds(CLOCK_MONOTONIC));
	read_traces(watch);
}

/* The number may be another process's by now. */
static bool is_recorded(const struct watch_trace *trace)
{
	return is_alive(trace) && trace_file_in_use(trace->path, trace->pid);
}

bool watch_signal(struct watch *watch, pid_t child, int signal)
{
	struct targets targets;
	bool any;

	list_traces(watch);
	targets_init(&targets, watch->trace_count + 1);
	for (size_t i = 0; i < watch->trace_count; i++) {
		struct watch_trace *trace = &watch->traces[i];

		if (!trace->pid)
			trace->pid = trace_file_pid(trace->path);
		if (!is_recorded(trace))
			continue;
		if (signal)
			borrowers_find(&watch->borrowers, trace->pid);
		if (trace->pid == child)
			continue;
		if (signal)
			trace->signal = signal;
		targets_add(&targets, trace->pid);
	}
	if (child)
		targets_add(&targets, child);
	any = borrowers_signal(&watch->borrowers, signal) || targets.count;
	if (signal)
		targets_signal(&targets, signal);
	targets_free(&targets);
	return any;
}

/* Who is not our child has nobody to write down how it ended. */
static void settle(const struct watch *watch, struct process *process, pid_t child, const char *why)
{
	const struct watch_trace *trace = trace_of(watch, process);

	trace_file_end(process->path, &process->end, &process->end_value);
	if (process->pid != (uint32_t)child && !(trace && trace->signal))
		return;
	process->ended_for = why;
	if (process->end == TRACE_END_running && trace && trace->signal &&
	    !trace_file_in_use(trace->path, trace->pid)) {
		process->end = TRACE_END_signal;
		process->end_value = trace->signal;
	}
}

struct assessment *watch_take(struct watch *watch)
{
	struct assessment *kept = watch->kept;

	watch->kept = NULL;
	return kept;
}

void watch_settle(const struct watch *watch, struct model *model, pid_t child, const char *why)
{
	for (size_t i = 0; i < model->process_count; i++)
		settle(watch, &model->processes[i], child, why);
}
