/* The picture of `gordian ps`, thread by thread. */
#include "text_waits.h"
#include "human.h"
#include "text_coverage.h"
#include "text_stack.h"
#include "xalloc.h"
#include <stdlib.h>

/* Unless --verbose: threads listed, those listed that neither hold nor wait, holders named. */
#define MAX_THREADS 100u
#define MAX_IDLE 10u
#define MAX_HOLDERS 3u

struct picture {
	struct text *text;
	const struct wait_graph *graph;
	struct names *names;
};

static bool is_verbose(const struct picture *picture)
{
	return picture->text->report->verbose;
}

static const struct process *process_of(const struct picture *picture, const struct waiter *waiter)
{
	const struct model *model = picture->graph->model;

	return &model->processes[model->threads[waiter->thread].process];
}

static void put_stack(const struct picture *picture, const struct waiter *waiter, uint32_t stack)
{
	struct text_stack shown = text_stack_select(picture->text, stack);

	if (shown.count)
		text_stack_print(picture->text, &shown, 0, 6,
				 process_of(picture, waiter)->start_realtime_ns);
	text_stack_free(&shown);
}

static void append(char **text, char *more)
{
	char *longer = xasprintf("%s%s", *text, more);

	free(*text);
	free(more);
	*text = longer;
}

/* ": two has it", ", but three has m" */
static void append_holders(const struct picture *picture, const struct waiter *waiter, char **line)
{
	uint32_t most = is_verbose(picture) ? UINT32_MAX : MAX_HOLDERS, i;

	if (!waiter->holder_count || waiter->target != NO_INDEX)
		return;
	append(line,
	       waiter->mutex == NO_INDEX
		       ? xstrdup(", held by")
		       : xasprintf("; %s is held by", names_lock(picture->names, waiter->mutex)));
	for (i = 0; i < waiter->holder_count && i < most; i++) {
		const struct waiter *holder = &picture->graph->waiters[waiter->holders[i]];

		append(line,
		       xasprintf("%s %s", i ? "," : "",
				 holder == waiter ? "itself"
						  : names_thread(picture->names, holder->thread)));
	}
	if (i < waiter->holder_count)
		append(line, xasprintf(" and %u more", waiter->holder_count - i));
}

static void put_want(const struct picture *picture, const struct waiter *waiter)
{
	const char *function = act_function(waiter->op);
	unsigned flags = op_flags(waiter->op);
	char time[HUMAN_SIZE], *line;

	line = xasprintf("waits for %s%s%s%s%s%s",
			 waiter->lock == NO_INDEX ? "something"
						  : names_lock(picture->names, waiter->lock),
			 flags & TRACE_OP_SHARED ? ", shared" : "", function ? ", in " : "",
			 function ? function : "", waiter->waited_ns ? ", for " : "",
			 waiter->waited_ns ? human_ns(time, waiter->waited_ns) : "");
	if (flags & TRACE_OP_TIMED)
		append(&line, xstrdup(", with a time limit"));
	append_holders(picture, waiter, &line);
	text_paragraph(picture->text, STYLE_PLAIN, 4, 8, "%s", line);
	free(line);
	put_stack(picture, waiter, waiter->stack);
}

static bool is_held(const struct picture *picture, uint32_t node)
{
	const struct model *model = picture->graph->model;

	return node != NO_INDEX && !node_is_ordering(model, &model->nodes[node]);
}

static bool holds_any(const struct picture *picture, const struct waiter *waiter)
{
	for (uint32_t i = 0; i < waiter->depth; i++)
		if (is_held(picture, waiter->held->nodes[i]))
			return true;
	return false;
}

static void put_holds(const struct picture *picture, const struct waiter *waiter)
{
	const struct model *model = picture->graph->model;

	for (uint32_t i = 0; i < waiter->depth; i++) {
		const struct node *node = &model->nodes[waiter->held->nodes[i]];

		if (!is_held(picture, waiter->held->nodes[i]))
			continue;
		text_paragraph(picture->text, STYLE_PLAIN, 4, 8, "holds %s%s",
			       names_lock(picture->names, node->lock),
			       op_flags(node->op) & TRACE_OP_SHARED ? ", shared" : "");
		put_stack(picture, waiter, node->stack);
	}
}

static bool is_idle(const struct picture *picture, const struct waiter *waiter)
{
	return waiter->limit == WAIT_NOT && !holds_any(picture, waiter);
}

static void put_thread(const struct picture *picture, const struct waiter *waiter)
{
	const struct thread *thread = &picture->graph->model->threads[waiter->thread];
	const char *doing =
		picture->text->report->doing ? picture->text->report->doing[waiter->thread] : NULL;

	text_put(picture->text, STYLE_TITLE, 2, "%s", names_thread(picture->names, waiter->thread));
	text_put(picture->text, STYLE_PLAIN, 0, " (thread %u)", thread->tid);
	if (waiter->limit == WAIT_NOT)
		text_put(picture->text, STYLE_PLAIN, 0, " %s", doing ? doing : "waits for no lock");
	text_line_end(picture->text);
	put_holds(picture, waiter);
	if (waiter->limit != WAIT_NOT)
		put_want(picture, waiter);
}

/* Those of the process that are idle, or not. */
static void put_threads(const struct picture *picture, const struct process *process, bool idle,
			uint32_t most)
{
	char number[HUMAN_SIZE + 20];
	uint32_t count = 0;

	for (uint32_t i = 0; i < picture->graph->count; i++) {
		const struct waiter *waiter = &picture->graph->waiters[i];

		if (process_of(picture, waiter) != process || is_idle(picture, waiter) != idle)
			continue;
		if (count++ < most || is_verbose(picture))
			put_thread(picture, waiter);
	}
	if (count > most && !is_verbose(picture))
		text_paragraph(picture->text, STYLE_PLAIN, 2, 4, "and %s%s (--verbose lists them)",
			       human_plural(number, count - most, idle ? "other thread" : "thread"),
			       idle ? ", without locks" : "");
}

static const char *state_of(const struct picture *picture, const struct process *process)
{
	static const char *const states[] = {
		[PROCESS_UNKNOWN] = "",
		[PROCESS_GONE] = ", no longer running",
		[PROCESS_RUNS] = ", running",
		[PROCESS_STOPPED] = ", stopped",
	};
	size_t index = process - picture->graph->model->processes;
	const struct wait_facts *facts = picture->graph->facts;

	if (process->end == TRACE_END_signal)
		return ", ended by a signal";
	if (facts && facts->processes)
		return states[facts->processes[index]];
	return "";
}

static void put_process(const struct picture *picture, const struct process *process)
{
	const struct model *model = picture->graph->model;
	char number[HUMAN_SIZE + 20];
	uint32_t count = 0;

	for (uint32_t i = 0; i < picture->graph->count; i++)
		count += process_of(picture, &picture->graph->waiters[i]) ==
			 &model->processes[process - model->processes];
	text_put(picture->text, STYLE_TITLE, 0, "%s (process %u)%s, %s", text_process_name(process),
		 process->pid, state_of(picture, process), human_plural(number, count, "thread"));
	text_line_end(picture->text);
	put_threads(picture, process, false, MAX_THREADS);
	put_threads(picture, process, true, MAX_IDLE);
	text_line_end(picture->text);
}

static void put_end(const struct picture *picture, const struct process *process)
{
	if (process->end == TRACE_END_exec)
		text_put(picture->text, STYLE_PLAIN, 0, "%s (process %u) went on as %s",
			 text_process_name(process), process->pid,
			 process->exec_path ? process->exec_path : "another program");
	else
		text_put(picture->text, STYLE_PLAIN, 0, "%s (process %u) ended with status %d",
			 text_process_name(process), process->pid, process->end_value & 0xff);
	text_line_end(picture->text);
	text_line_end(picture->text);
}

void text_waits(struct text *text)
{
	const struct analysis *analysis = text->report->analysis;
	struct wait_graph *graph = wait_graph_new(analysis->model, analysis->facts);
	struct picture picture = {text, graph, analysis->names};

	for (size_t i = 0; i < analysis->model->process_count; i++) {
		if (process_ended(&analysis->model->processes[i]))
			put_end(&picture, &analysis->model->processes[i]);
		else
			put_process(&picture, &analysis->model->processes[i]);
	}
	wait_graph_free(graph);
}
