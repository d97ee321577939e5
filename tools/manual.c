#include "manual.h"
#include "command.h"
#include "format.h"
#include "settings_table.h"
#include <gordian/options.h>
#include <stdio.h>
#include <string.h>

/* Plain text; lines of an indented block are kept as they are. */
static void put(const char *text)
{
	bool begin = true;

	for (; *text; text++) {
		if (begin && (*text == '.' || *text == '\''))
			fputs("\\&", stdout);
		if (*text == '-')
			fputs("\\-", stdout);
		else if (*text == '\\')
			fputs("\\e", stdout);
		else
			putchar(*text);
		begin = *text == '\n';
	}
}

/* The paragraphs of a command's help; those that begin with spaces are tables. */
static void put_paragraphs(const char *text)
{
	bool table = false;

	while (*text) {
		size_t length = strcspn(text, "\n");
		char line[256];

		snprintf(line, sizeof(line), "%.*s", (int)length, text);
		if ((*line == ' ') != table) {
			table = !table;
			puts(table ? ".nf" : ".fi");
		}
		if (*line)
			put(line);
		else
			fputs(".PP", stdout);
		putchar('\n');
		text += length + (text[length] == '\n');
	}
	if (table)
		puts(".fi");
}

static void put_commands(void)
{
	puts(".SH COMMANDS");
	for (size_t i = 0; commands[i]; i++) {
		printf(".SS gordian %s ", commands[i]->name);
		put(commands[i]->operands);
		putchar('\n');
		if (commands[i]->help)
			put_paragraphs(commands[i]->help);
		else
			printf("Prints %s.\n", commands[i]->summary);
	}
}

/* "(run, report)": the commands that take an option of these groups. */
static void put_takers(unsigned groups)
{
	const char *before = "(";

	if (groups & OPTIONS_COMMON) {
		puts("(every command)");
		return;
	}
	for (size_t i = 0; commands[i]; i++) {
		if (!(commands[i]->groups & groups))
			continue;
		printf("%s%s", before, commands[i]->name);
		before = ", ";
	}
	puts(")");
}

static void put_options(void)
{
	size_t count;
	const struct option_row *rows = settings_rows(&count);

	puts(".SH OPTIONS");
	for (size_t i = 0; i < count; i++) {
		puts(".TP");
		fputs(".B ", stdout);
		if (rows[i].letter)
			printf("\\-%c, ", rows[i].letter);
		fputs("\\-\\-", stdout);
		put(rows[i].name);
		if (rows[i].placeholder)
			printf(rows[i].argument == ARGUMENT_OPTIONAL ? "[=%s]" : " %s",
			       rows[i].placeholder);
		putchar('\n');
		put(rows[i].help);
		putchar('\n');
		put_takers(rows[i].groups);
	}
	puts(".PP\nFormats:");
	for (size_t i = 0; formats[i]; i++)
		printf(".TP\n.B %s\n%s\n", formats[i]->name, formats[i]->help);
}

static void put_variables(void)
{
	puts(".SH ENVIRONMENT\n.TP\n.B " GORDIAN_OPTIONS_VARIABLE);
	puts("What the recorder is told: name=value, separated by colons. The command's own\n"
	     "options are added to it, and win. Names and values:\n.RS");
#define X(name, type, value, argument, help) \
	printf(".TP\n.B %s=%s\n", #name, argument); \
	put(help); \
	putchar('\n');
	GORDIAN_OPTIONS_TABLE(X)
#undef X
	puts(".RE\n.TP\n.B TMPDIR\nWhere run keeps the traces while it works (default: /tmp).");
	puts(".TP\n.B NO_COLOR\nNo colours with \\-\\-color auto.");
	puts(".TP\n.B COLUMNS\nThe width to print for, instead of the terminal's.");
}

void manual_print(void)
{
	printf(".TH GORDIAN 1 \"\" \"gordian %s\" \"User commands\"\n", GORDIAN_VERSION);
	puts(".SH NAME\ngordian \\- find the knots in a program's locks");
	puts(".SH SYNOPSIS\n.B gordian\n.I COMMAND\n[OPTIONS] ...");
	puts(".SH DESCRIPTION\n"
	     "Records what the threads of a dynamically linked program do with their locks, and\n"
	     "tells which locks can deadlock, where, and why. The program is not recompiled: a\n"
	     "library, libgordian.so, is preloaded into it.");
	put_commands();
	put_options();
	put_variables();
	puts(".SH EXIT STATUS\n.TP\n.B 0\nAll is well; run and record: the program's own.");
	puts(".TP\n.B 1\ncheck: the gate failed; doctor: something cannot be recorded.");
	puts(".TP\n.B 2\nWrong usage, or a program that cannot be recorded.");
	puts(".TP\n.B 3\nA trace that cannot be read, or a report that cannot be written.");
	puts(".TP\n.B 66\nrun: the gate failed (see \\-\\-exit\\-code).");
	puts(".TP\n.B 124\nrun, record: \\-\\-timeout ended the program.");
	puts(".TP\n.B 126, 127\nThe program cannot be executed, or was not found.");
}
