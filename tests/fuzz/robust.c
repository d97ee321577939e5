/*
 * Damaged traces, without chance: a trace with every type of record is cut at every byte, and
 * changed at every byte and bit. A cut trace must be refused with one line that names file, offset
 * and what was expected; a changed one must be refused so, or read, and what was read must be
 * whole.
 *
 * Meant to run under the address and undefined-behaviour sanitizers, with limited memory and time.
 */
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

#include "examine.h"
#include "trace_builder.h"

static int file; /* a memory file, so that half a million of them take seconds */
static char path[64];
static unsigned long failures, refused, taken;

static void fail(const char *what, size_t at, const char *detail)
{
	if (failures++ < 20)
		fprintf(stderr, "%s at %zu: %s\n", what, at, detail);
}

/* "PATH: offset N: expected …", on one line. */
static bool is_proper(const char *text)
{
	uint64_t offset;
	int length = 0;

	if (strncmp(text, path, strlen(path)) != 0 || strchr(text, '\n'))
		return false;
	sscanf(text + strlen(path), ": offset %" SCNu64 ": expected %n", &offset, &length);
	return length && text[strlen(path) + (size_t)length];
}

static bool read_once(const char *what, size_t at)
{
	struct reader_error error = {"unset"};

	if (examine_file(path, &error)) {
		taken++;
		return true;
	}
	refused++;
	if (!is_proper(error.text))
		fail(what, at, error.text);
	return false;
}

static void store(const char *image, size_t size)
{
	if (pwrite(file, image, size, 0) != (ssize_t)size || ftruncate(file, (off_t)size))
		abort();
}

/* Longer first, so that nothing but the length changes from one to the next. */
static void cut_everywhere(const char *image, size_t size)
{
	store(image, size);
	for (size_t length = size; length-- > 0;) {
		if (ftruncate(file, (off_t)length))
			abort();
		if (read_once("cut", length))
			fail("cut", length, "was read");
	}
}

static void change(size_t at, char value)
{
	if (pwrite(file, &value, 1, (off_t)at) != 1)
		abort();
}

/* Only what is in use: the rest of the chunks is never looked at. */
static bool in_use(const char *image, size_t at)
{
	size_t start = TRACE_HEADER_SIZE;
	const struct trace_chunk *chunk;

	if (at < TRACE_HEADER_SIZE)
		return at < sizeof(struct trace_header);
	for (;; start += chunk->size) {
		chunk = (const struct trace_chunk *)(image + start);
		if (at < start + chunk->size)
			return at < start + chunk->used + sizeof(struct trace_record);
	}
}

static void change_everywhere(const char *image, size_t size)
{
	static const unsigned char values[] = {0, 1, 0x7f, 0x80, 0xff};

	store(image, size);
	for (size_t at = 0; at < size; at++) {
		if (!in_use(image, at))
			continue;
		for (unsigned bit = 0; bit < 8; bit++) {
			change(at, (char)(image[at] ^ (1 << bit)));
			read_once("bit changed", at);
		}
		for (size_t v = 0; v < sizeof(values); v++) {
			change(at, (char)values[v]);
			read_once("byte changed", at);
		}
		change(at, image[at]);
	}
}

static void put_words(char *image, size_t at, uint32_t value)
{
	memcpy(image + at, &value, sizeof(value));
}

/* Two fields at once, from a fixed sequence: what one change alone does not get past a check. */
static void change_in_pairs(const char *image, size_t size, unsigned count)
{
	uint64_t state = 1;
	char *copy = malloc(size);

	if (!copy)
		abort();
	for (unsigned i = 0; i < count; i++) {
		memcpy(copy, image, size);
		for (int change = 0; change < 2 + (int)(i % 3);) {
			state = state * 6364136223846793005u + 1442695040888963407u;
			size_t at = (state >> 33) % (size / 4) * 4;
			uint32_t old;

			if (!in_use(image, at))
				continue;
			memcpy(&old, copy + at, sizeof(old));
			/* Mostly small steps and references to nearby records. */
			put_words(copy, at,
				  i % 2 ? old + (uint32_t)(state >> 60) - 8
					: (uint32_t)(state >> 40) % (uint32_t)(size / 8));
			change++;
		}
		store(copy, size);
		read_once("words changed", i);
	}
	free(copy);
}

static void limit_resources(void)
{
	const struct rlimit seconds = {300, 300};

	setrlimit(RLIMIT_CPU, &seconds);
#ifndef WITH_SANITIZERS
	/* The sanitizer reserves terabytes of address space; without it this bounds the reader. */
	const struct rlimit bytes = {2ul << 30, 2ul << 30};

	setrlimit(RLIMIT_AS, &bytes);
#endif
}

int main(void)
{
	struct trace_builder *rich = builder_rich();
	struct reader_error error;

	limit_resources();
	for (int running = 0; running < 2; running++) {
		const char *image = builder_image(rich);
		size_t size = builder_header(rich)->allocated;

		file = memfd_create("trace", MFD_CLOEXEC);
		snprintf(path, sizeof(path), "/proc/self/fd/%d", file);
		builder_header(rich)->end = running ? TRACE_END_running : TRACE_END_exit;
		store(image, size);
		if (!examine_file(path, &error))
			fail("as built", 0, error.text);
		cut_everywhere(image, size);
		change_everywhere(image, size);
		change_in_pairs(image, size, 20000);
		close(file);
	}
	builder_free(rich);

	struct rusage usage;

	getrusage(RUSAGE_SELF, &usage);
	printf("%lu refused, %lu read, %lu failures, %ld KiB at most\n", refused, taken, failures,
	       usage.ru_maxrss);
	/* A test that never gets one through has not tested what comes after the reader. */
	return failures || !taken || usage.ru_maxrss > 512 << 10;
}
