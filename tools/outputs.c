#include "outputs.h"
#include "command.h"
#include "format.h"
#include "say.h"
#include <errno.h>
#include <string.h>
#include <unistd.h>

/* The format that the file's name ends in: "report.json". Text when none does. */
static const struct format *format_of_name(const char *file)
{
	const char *dot = file ? strrchr(file, '.') : NULL;
	const struct format *format = dot ? format_find(dot + 1) : NULL;

	return format ? format : formats[0];
}

/*
 * Not cut down yet: the file may be the baseline, or what the program reads. Close-on-exec: the
 * program inherits nothing of it.
 */
static FILE *open_file(const char *file)
{
	FILE *stream = fopen(file, "ae");

	if (!stream)
		usage("cannot write to '%s': %s", file, strerror(errno));
	return stream;
}

bool outputs_open(struct settings *settings, FILE *own)
{
	if (!settings->output_count)
		settings->output_count = 1;
	for (size_t i = 0; i < settings->output_count; i++) {
		struct output *output = &settings->outputs[i];

		if (!output->format)
			output->format = format_of_name(output->file);
		if (!output->file)
			output->stream = own;
		else if (!strcmp(output->file, "-"))
			output->stream = stdout;
		else
			output->stream = open_file(output->file);
		if (!output->stream)
			return false;
	}
	return true;
}

void outputs_drop_own(struct settings *settings)
{
	size_t kept = 0;

	for (size_t i = 0; i < settings->output_count; i++)
		if (settings->outputs[i].file)
			settings->outputs[kept++] = settings->outputs[i];
	settings->output_count = kept;
}

static bool write_output(const struct output *output,
			 bool (*print)(void *context, const struct output *output), void *context)
{
	FILE *stream = output->stream;
	bool own = output->file && stream != stdout;

	/* A pipe or a device has no length to cut: then that is no error. */
	if (own && ftruncate(fileno(stream), 0) && errno != EINVAL)
		goto failed;
	if (print(context, output) && !fflush(stream))
		return true;
failed:
	if (!output->file && errno == EPIPE)
		return true; /* whoever was reading has seen enough */
	say("cannot write to %s: %s",
	    output->file       ? output->file
	    : stream == stdout ? "standard output"
			       : "standard error",
	    strerror(errno));
	return false;
}

bool outputs_write(const struct settings *settings,
		   bool (*print)(void *context, const struct output *output), void *context)
{
	bool good = true;

	for (size_t i = 0; i < settings->output_count; i++)
		good = write_output(&settings->outputs[i], print, context) && good;
	return good;
}

static bool is_json(const struct output *output)
{
	return !strcmp(output->format->name, "json");
}

bool printing_open(const struct printing *printing, struct settings *settings)
{
	if (!outputs_open(settings, stdout))
		return false;
	for (size_t i = 0; i < settings->output_count; i++) {
		const struct output *output = &settings->outputs[i];

		if (output->format == formats[0] || (printing->json && is_json(output)))
			continue;
		usage("%s: the format %s is not for this command; it prints text%s",
		      settings->command->name, output->format->name,
		      printing->json ? ", and json" : " only");
		return false;
	}
	return true;
}

struct printing_context {
	const struct printing *printing;
	const struct settings *settings;
	void *context;
};

static bool print(void *context, const struct output *output)
{
	const struct printing_context *about = context;
	json_t *value;
	bool good;

	if (!is_json(output))
		return about->printing->text(about->context, about->settings, output->stream);
	value = about->printing->json(about->context);
	good = !json_dumpf(value, output->stream, JSON_INDENT(2)) &&
	       fputc('\n', output->stream) != EOF;
	json_decref(value);
	return good;
}

bool printing_write(const struct printing *printing, const struct settings *settings, void *context)
{
	struct printing_context about = {printing, settings, context};

	return outputs_write(settings, print, &about);
}
