#include "live_facts.h"
#include "live_children.h"
#include "live_files.h"
#include "live_futex.h"
#include "strangers.h"
#include "xalloc.h"
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>

/* Bytes of the C library's largest lock: a futex call on a lock is made on a word inside it. */
#define LOCK_SPAN 64u

struct live_process {
	pid_t pid;
	struct live_thread *threads; /* by tid */
	size_t count;		     /* 0: it is gone */
};

static FILE *open_task(pid_t pid, int tid, const char *name)
{
	char *path = xasprintf("/proc/%d/task/%d/%s", (int)pid, tid, name);
	FILE *file = fopen(path, "re");

	free(path);
	return file;
}

static void read_status(struct live_thread *thread, pid_t pid)
{
	FILE *file = open_task(pid, thread->tid, "status");
	unsigned long long number;
	char line[256];

	while (file && fgets(line, sizeof(line), file)) {
		if (sscanf(line, "State: %c", &thread->state) == 1)
			continue;
		if (sscanf(line, "voluntary_ctxt_switches: %llu", &number) == 1 ||
		    sscanf(line, "nonvoluntary_ctxt_switches: %llu", &number) == 1)
			thread->switches += number;
	}
	if (file)
		fclose(file);
}

/* The number of the call and its arguments; "running" while it is in none. */
static bool parse_call(struct live_thread *thread, const char *line)
{
	char *end;

	thread->call = strtol(line, &end, 10);
	if (end == line)
		thread->call = -1;
	for (unsigned i = 0; i < 6; i++)
		thread->arguments[i] = strtoull(end, &end, 16);
	thread->stack_pointer = strtoull(end, &end, 16);
	thread->counter = strtoull(end, &end, 16);
	return thread->call >= 0;
}

bool live_call_read(struct live_thread *thread, pid_t pid, int tid)
{
	FILE *file = open_task(pid, tid, "syscall");
	char line[256];
	bool inside = false;

	thread->call_known = file && fgets(line, sizeof(line), file);
	if (thread->call_known)
		inside = parse_call(thread, line);
	if (file)
		fclose(file);
	return inside;
}

static int compare_threads(const void *left, const void *right)
{
	const struct live_thread *a = left, *b = right;

	return (a->tid > b->tid) - (a->tid < b->tid);
}

static void read_process(struct live_process *process, pid_t pid)
{
	char *path = xasprintf("/proc/%d/task", (int)pid);
	DIR *directory = opendir(path);
	const struct dirent *entry;

	free(path);
	*process = (struct live_process){.pid = pid};
	while (directory && (entry = readdir(directory))) {
		struct live_thread thread = {.tid = atoi(entry->d_name), .call = -1};

		if (!thread.tid)
			continue;
		read_status(&thread, pid);
		if (!thread.state)
			continue; /* it has just ended */
		live_call_read(&thread, pid, thread.tid);
		process->threads = xreallocarray(process->threads, process->count + 1,
						 sizeof(*process->threads));
		process->threads[process->count++] = thread;
	}
	if (directory)
		closedir(directory);
	if (process->count)
		qsort(process->threads, process->count, sizeof(*process->threads), compare_threads);
}

static void free_process(struct live_process *process)
{
	free(process->threads);
	*process = (struct live_process){0};
}

/* NULL: it has none of that id. */
static const struct live_thread *thread_at(const struct live_process *process, int tid)
{
	const struct live_thread key = {.tid = tid};

	return process->count ? bsearch(&key, process->threads, process->count, sizeof(key),
					compare_threads)
			      : NULL;
}

static const struct {
	long call;
	const char *words;
} calls[] = {
	{SYS_futex, "sleeps in futex"},
	{SYS_read, "sleeps in read"},
	{SYS_write, "sleeps in write"},
	{SYS_readv, "sleeps in readv"},
	{SYS_writev, "sleeps in writev"},
	{SYS_recvfrom, "sleeps in recv"},
	{SYS_recvmsg, "sleeps in recvmsg"},
	{SYS_sendto, "sleeps in send"},
	{SYS_sendmsg, "sleeps in sendmsg"},
	{SYS_accept, "sleeps in accept"},
	{SYS_accept4, "sleeps in accept4"},
	{SYS_connect, "sleeps in connect"},
	{SYS_ppoll, "sleeps in ppoll"},
	{SYS_pselect6, "sleeps in pselect"},
	{SYS_epoll_pwait, "sleeps in epoll_wait"},
	{SYS_nanosleep, "sleeps in nanosleep"},
	{SYS_clock_nanosleep, "sleeps in clock_nanosleep"},
	{SYS_wait4, "sleeps in wait4"},
	{SYS_waitid, "sleeps in waitid"},
	{SYS_rt_sigtimedwait, "sleeps in sigwait"},
	{SYS_rt_sigsuspend, "sleeps in sigsuspend"},
	{SYS_fcntl, "sleeps in fcntl"},
	{SYS_flock, "sleeps in flock"},
	{SYS_restart_syscall, "sleeps for a time"},
#ifdef SYS_poll
	{SYS_vfork, "waits for its child (vfork)"},
	{SYS_poll, "sleeps in poll"},
	{SYS_select, "sleeps in select"},
	{SYS_epoll_wait, "sleeps in epoll_wait"},
	{SYS_pause, "sleeps in pause"},
#endif
};

static const char *words_of(const struct live_thread *thread)
{
	if (thread->state == 'R')
		return "runs";
	if (thread->state == 'T' || thread->state == 't')
		return "is stopped";
	if (thread->state == 'Z' || thread->state == 'X')
		return "has ended";
	for (size_t i = 0; thread->call_known && i < sizeof(calls) / sizeof(*calls); i++)
		if (calls[i].call == thread->call)
			return calls[i].words;
	return "sleeps";
}

static bool is_inside(uint64_t address, uint64_t object)
{
	return object && address - object < LOCK_SPAN;
}

/* GLib's locks, and the C library's of streams, may lie elsewhere in memory. */
static bool is_elsewhere(uint16_t op)
{
	return strncmp(op_function(op), "g_", 2) == 0 || op == TRACE_OP_flockfile ||
	       op == TRACE_OP_omp_critical || op == TRACE_OP_omp_ordered;
}

/*
 * Whom the kernel refuses a priority-inheriting mutex because of a deadlock, glibc lets wait for
 * ever on a word in its own frame (pthread_mutex_lock.c).
 */
static bool is_put_off(const struct live_thread *thread, uint16_t op)
{
	const uint64_t frames = 1024;

	return op_kind(op) == TRACE_LOCK_mutex &&
	       thread->arguments[0] - thread->stack_pointer < frames;
}

/* What nothing is published of, but the innermost of its locks may be on its way. */
static uint64_t open_address(const struct model *model, const struct held *held)
{
	uint32_t node = held->last_open ? held->nodes[held->depth - 1] : NO_INDEX;

	return node == NO_INDEX ? 0 : model->locks[model->nodes[node].lock].address;
}

/* Whether the system call it is in is that wait. */
static bool fits(const struct model *model, const struct held *held,
		 const struct live_thread *thread)
{
	bool limited = op_flags(held->want_op) & TRACE_OP_TIMED;
	uint64_t word = thread->arguments[0];

	switch (op_kind(held->want_op)) {
	case TRACE_LOCK_file:
		return thread->call == SYS_fcntl || thread->call == SYS_flock;
	case TRACE_LOCK_process:
		return thread->call == SYS_wait4 || thread->call == SYS_waitid;
	case TRACE_LOCK_mutex:
	case TRACE_LOCK_rwlock:
	case TRACE_LOCK_condition:
	case TRACE_LOCK_barrier:
	case TRACE_LOCK_semaphore:
		return live_in_futex(thread, limited) &&
		       (is_inside(word, held->want) || is_inside(word, held->want_mutex) ||
			is_elsewhere(held->want_op) || is_put_off(thread, held->want_op));
	case TRACE_LOCK_thread:
	case TRACE_LOCK_once:
		return live_in_futex(thread, limited);
	case TRACE_LOCK_futex:
		return live_in_futex(thread, false) && word == held->want;
	default:
		break;
	}
	if (!held->want)
		return live_in_futex(thread, limited) && is_inside(word, open_address(model, held));
	return true;
}

/* What spins is on the processor, and off it, all the time. */
static bool may_spin(const struct held *held)
{
	enum trace_lock_kind kind = op_kind(held->want_op);

	return held->want && (kind == TRACE_LOCK_spin || kind == TRACE_LOCK_custom);
}

static enum wait_fact judge(const struct model *model, const struct held *held, pid_t pid,
			    const struct live_thread *before, const struct live_thread *after)
{
	if (!before || !after)
		return FACT_GOES_ON;
	if (may_spin(held))
		return FACT_NONE;
	if (before->switches != after->switches || after->state == 'R')
		return FACT_GOES_ON;
	if (after->state != 'S' && after->state != 'D')
		return FACT_NONE;
	if (!after->call_known)
		return held->want ? FACT_BLOCKED : FACT_NONE;
	if (!fits(model, held, after))
		return FACT_GOES_ON;
	/* Others may end it. */
	if (op_kind(held->want_op) == TRACE_LOCK_futex && !live_futex_is_own(pid, after))
		return FACT_NONE;
	return FACT_BLOCKED;
}

/* Whether the kernel tells what it waits for, and the trace does not. */
static bool is_unpublished(const struct held *held, const struct live_thread *before,
			   const struct live_thread *after)
{
	return (!held || !held->want) && before && after && before->switches == after->switches &&
	       after->state == 'S' && after->call_known;
}

/* Whether it waits in a futex that others of its process can end alone. */
static bool is_in_futex(pid_t pid, const struct live_thread *thread)
{
	return live_in_futex(thread, false) && live_futex_is_own(pid, thread);
}

void live_look_begin(struct live_look *look, const pid_t *pids, size_t count)
{
	*look = (struct live_look){.before_count = count};
	look->before = xcalloc(count, sizeof(*look->before));
	for (size_t i = 0; i < count; i++)
		read_process(&look->before[i], pids[i]);
}

/* Of several images of one process the last is the one that runs. */
static bool is_last(const struct model *model, uint32_t index)
{
	const struct process *process = &model->processes[index];

	if (process->end != TRACE_END_running)
		return false;
	for (size_t i = 0; i < model->process_count; i++)
		if (model->processes[i].pid == process->pid &&
		    model->processes[i].start_realtime_ns > process->start_realtime_ns)
			return false;
	return true;
}

uint32_t live_process_find(const struct model *model, pid_t pid)
{
	for (uint32_t i = 0; i < model->process_count; i++)
		if ((pid_t)model->processes[i].pid == pid && is_last(model, i))
			return i;
	return NO_INDEX;
}

static const struct live_process *find_before(const struct live_look *look, pid_t pid)
{
	for (size_t i = 0; i < look->before_count; i++)
		if (look->before[i].pid == pid)
			return &look->before[i];
	return NULL;
}

/*
 * Threads that the trace does not know, or thinks to have ended. Of one that is stopped nobody can
 * tell whether it waits.
 */
static bool has_others(const struct model *model, uint32_t index, const struct live_process *live)
{
	size_t known = 0, there = 0;

	for (size_t i = 0; i < live->count; i++) {
		char state = live->threads[i].state;

		if (state == 'T' || state == 't')
			return true;
		there += state != 'Z' && state != 'X';
	}
	for (uint32_t i = 0; i < model->thread_count; i++) {
		const struct thread *thread = &model->threads[i];
		const struct live_thread *found;

		if (thread->process != index ||
		    thread->state & (TRACE_THREAD_ENDED | TRACE_THREAD_FAILED))
			continue;
		found = thread_at(live, (int)thread->tid);
		known += found && found->state != 'Z' && found->state != 'X';
	}
	return known < there;
}

static enum process_fact state_of(const struct live_process *process)
{
	if (!process->count)
		return PROCESS_GONE;
	for (size_t i = 0; i < process->count; i++)
		if (process->threads[i].state == 'T' || process->threads[i].state == 't')
			return PROCESS_STOPPED;
	return PROCESS_RUNS;
}

/* Adds to the model what the trace does not tell of its wait. False: it does not wait. */
static bool add_wait(struct live_look *look, struct model *model, uint32_t index,
		     const struct live_thread *now)
{
	const struct thread *thread = &model->threads[index];
	pid_t pid = look->after[thread->process].pid;

	if (live_children_add(model, index, now) || live_files_add(model, index, now))
		return true;
	if (thread->held == NO_INDEX || !is_in_futex(pid, now))
		return false;
	live_futex_add(model, index, pid, now);
	return true;
}

static void judge_thread(struct live_look *look, struct model *model, uint32_t index,
			 enum wait_fact *facts)
{
	const struct thread *thread = &model->threads[index];
	const struct live_process *before, *after = &look->after[thread->process];
	const struct live_thread *then, *now;
	const struct held *held = thread->held == NO_INDEX ? NULL : &model->helds[thread->held];

	if (!after->count || thread->state & (TRACE_THREAD_ENDED | TRACE_THREAD_FAILED))
		return;
	before = find_before(look, after->pid);
	now = thread_at(after, (int)thread->tid);
	look->doing[index] = now ? words_of(now) : NULL;
	then = before ? thread_at(before, (int)thread->tid) : NULL;
	facts[index] = held ? judge(model, held, after->pid, then, now) : FACT_GOES_ON;
	if (facts[index] == FACT_GOES_ON && is_unpublished(held, then, now) &&
	    add_wait(look, model, index, now))
		facts[index] = FACT_BLOCKED;
	if (facts[index] != FACT_BLOCKED || !now)
		return;
	live_files_find(model, index, now, look->enders);
	live_children_find(model, index, now, &look->enders[index]);
}

static uint64_t now_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

/* Its trace tells only when something in it was recorded last. */
static void runs_until(struct process *process, uint64_t now_mono_ns)
{
	if (now_mono_ns > process->start_mono_ns)
		process->duration_ns = now_mono_ns - process->start_mono_ns;
}

void live_look_end(struct live_look *look, struct model *model)
{
	enum wait_fact *facts = xcalloc(model->thread_count, sizeof(*facts));
	bool *others = xcalloc(model->process_count, sizeof(*others));
	enum process_fact *processes = xcalloc(model->process_count, sizeof(*processes));
	uint64_t now;

	look->after_count = model->process_count;
	look->after = xcalloc(model->process_count, sizeof(*look->after));
	look->doing = xcalloc(model->thread_count, sizeof(*look->doing));
	look->enders = xcalloc(model->thread_count, sizeof(*look->enders));
	look->thread_count = model->thread_count;
	for (uint32_t i = 0; i < model->process_count; i++) {
		pid_t pid = (pid_t)model->processes[i].pid;

		processes[i] = PROCESS_GONE;
		if (!is_last(model, i) || !find_before(look, pid))
			continue;
		read_process(&look->after[i], pid);
		processes[i] = state_of(&look->after[i]);
		others[i] = has_others(model, i, &look->after[i]);
	}
	for (uint32_t i = 0; i < model->thread_count; i++)
		judge_thread(look, model, i, facts);
	live_memory_enclose(model);
	now = now_ns();
	for (uint32_t i = 0; i < model->process_count; i++)
		if (processes[i] >= PROCESS_RUNS)
			runs_until(&model->processes[i], now);
	look->facts = (struct wait_facts){
		.threads = facts,
		.others = others,
		.processes = processes,
		.now_mono_ns = now,
		.enders = look->enders,
		.strangers = strangers_are_there(model),
	};
}

static void free_all(struct live_process *processes, size_t count)
{
	for (size_t i = 0; i < count; i++)
		free_process(&processes[i]);
	free(processes);
}

void live_look_free(struct live_look *look)
{
	free_all(look->before, look->before_count);
	free_all(look->after, look->after_count);
	free((void *)look->facts.threads);
	free((void *)look->facts.others);
	free((void *)look->facts.processes);
	free(look->doing);
	for (size_t i = 0; i < look->thread_count; i++)
		free(look->enders[i].processes);
	free(look->enders);
	*look = (struct live_look){0};
}
