/* Selecting and printing frames. */
#include "text_stack.h"
#include "demangle.h"
#include "human.h"
#include "text_source.h"
#include "wrappers.h"
#include "xalloc.h"
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Frames shown of one stack, unless --verbose. */
#define MAX_SHOWN 6u

static bool is_start(const struct frame *frame)
{
	return frame->function && !strcmp(frame->function, "_start");
}

struct text_stack text_stack_select(const struct text *text, uint32_t index)
{
	const struct analysis *analysis = text->report->analysis;
	struct text_stack stack = {0};
	size_t count, i;
	const struct frame *frames = symbols_stack(analysis->symbols, index, &count);

	if (count == 0)
		return stack;
	stack.cut = analysis->model->stacks[index].flags & TRACE_STACK_CUT;
	stack.frames = xcalloc(count, sizeof(const struct frame *));
	for (i = 0; i < count; i++)
		if (text->report->verbose ||
		    (!frame_is_wrapper(&frames[i]) && !is_start(&frames[i])))
			stack.frames[stack.count++] = &frames[i];
	if (stack.count == 0)
		stack.frames[stack.count++] = &frames[frames_place(frames, count)];
	return stack;
}

void text_stack_free(struct text_stack *stack)
{
	free(stack->frames);
}

static bool same_frame(const struct frame *a, const struct frame *b)
{
	return a->module == b->module && a->offset == b->offset && a->function == b->function &&
	       a->line == b->line;
}

size_t text_stack_common(const struct text_stack *a, const struct text_stack *b)
{
	size_t common = 0;

	while (common + 1 < a->count && common + 1 < b->count &&
	       same_frame(a->frames[a->count - 1 - common], b->frames[b->count - 1 - common]))
		common++;
	return common;
}

static char *shown_function(const struct text *text, const struct frame *frame)
{
	if (text->report->verbose || frame->script)
		return xstrdup(frame->function);
	return demangle_short(frame->function);
}

/* Where the sources are not at hand, as those of installed programs, their directory is no help. */
static const char *shown_file(const struct text *text, const char *file)
{
	if (!text->report->verbose && access(file, R_OK) != 0)
		return path_base(file);
	return text_path(text, file);
}

char *text_frame(const struct text *text, const struct frame *frame)
{
	unsigned long long offset = frame->offset;
	const char *inlined = text->report->verbose && frame->inlined ? " (inlined)" : "";
	char *function, *result;

	if (!frame->function && frame->file)
		return xasprintf("%s:%d", shown_file(text, frame->file), frame->line);
	if (!frame->function && frame->module)
		return xasprintf("%s+0x%llx", path_base(frame->module), offset);
	if (!frame->function)
		return xasprintf("0x%llx, in no module", offset);
	function = shown_function(text, frame);
	if (frame->file)
		result = xasprintf("%s at %s:%d%s", function, shown_file(text, frame->file),
				   frame->line, inlined);
	else
		result = xasprintf("%s (%s)%s", function,
				   frame->module ? path_base(frame->module) : "no module", inlined);
	free(function);
	return result;
}

/* The quoted line, cut at the width. */
static void print_source(struct text *text, const struct frame *frame, unsigned indent,
			 uint64_t recorded_realtime_ns)
{
	bool changed = false;
	char *line, *clean;
	char number[24];
	size_t room, used;

	if (!frame->file || frame->line <= 0)
		return;
	line = source_line(frame->file, frame->line, recorded_realtime_ns, &changed);
	if (!line)
		return;
	clean = human_clean(line);
	snprintf(number, sizeof(number), "%d | ", frame->line);
	used = indent + strlen(number);
	room = text->width > used + 20 ? text->width - used : 20;
	if (human_columns(clean) > room && strlen(clean) == human_columns(clean))
		strcpy(clean + room - 3, "...");
	text_put(text, STYLE_FAINT, indent, "%s", number);
	text_put(text, STYLE_PLAIN, 0, "%s", clean);
	text_line_end(text);
	if (changed)
		text_paragraph(text, STYLE_FAINT, indent, indent,
			       "(that file changed after the recording)");
	free(clean);
	free(line);
}

static void print_frame(struct text *text, const struct frame *frame, const char *word,
			unsigned indent)
{
	char *name = text_frame(text, frame);

	text_paragraph(text, STYLE_PLAIN, indent, indent + 4, "%s %s", word, name);
	free(name);
}

static void print_more(struct text *text, size_t count, unsigned indent)
{
	char buffer[HUMAN_SIZE + 20];

	if (count)
		text_paragraph(text, STYLE_FAINT, indent, indent, "from %s more",
			       human_plural(buffer, count, "frame"));
}

/* The first frame of interpreted code: shown in any case, with its line. */
static size_t script_at(const struct text_stack *stack, size_t count)
{
	size_t i = 0;

	while (i < count && !stack->frames[i]->script)
		i++;
	return i;
}

void text_stack_print(struct text *text, const struct text_stack *stack, size_t skip,
		      unsigned indent, uint64_t recorded_realtime_ns)
{
	size_t count = stack->count - skip, shown = count, script = script_at(stack, count), i;

	if (!text->report->verbose && count > MAX_SHOWN)
		shown = MAX_SHOWN - 1;
	for (i = 0; i < shown; i++) {
		print_frame(text, stack->frames[i], i ? "from" : "in", indent);
		if (i == 0 || i == script)
			print_source(text, stack->frames[i], indent + 2, recorded_realtime_ns);
	}
	if (shown <= script && script < count) {
		print_more(text, script - shown, indent);
		print_frame(text, stack->frames[script], "from", indent);
		print_source(text, stack->frames[script], indent + 2, recorded_realtime_ns);
		shown = script + 1;
	}
	print_more(text, count - shown, indent);
	if (shown == count && stack->cut && skip == 0)
		text_paragraph(text, STYLE_FAINT, indent, indent,
			       "from frames that were not recorded");
}
