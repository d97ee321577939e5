#include "reader_image.h"
#include "bisect.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "record_table.h"
#include "xalloc.h"

/* The path for a message: on one line, and short enough to leave room for what is wrong. */
static int put_path(struct reader_error *error, const char *path)
{
	const int most = 300;
	size_t length = strlen(path);
	bool cut = length > (size_t)most;
	int written = snprintf(error->text, sizeof(error->text), "%s%s: ", cut ? "..." : "",
			       cut ? path + length - most : path);

	for (char *c = error->text; *c; c++) {
		if ((unsigned char)*c < ' ' || *c == 0x7f)
			*c = '?';
	}
	return written;
}

bool reader_fail(struct reader_error *error, const char *path, const char *format, ...)
{
	int at = put_path(error, path);
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(error->text + at, sizeof(error->text) - at, format, arguments);
	va_end(arguments);
	return false;
}

bool image_fail(const struct image *image, uint64_t offset, const char *format, ...)
{
	char *text = image->error->text;
	const size_t size = sizeof(image->error->text);
	int at = put_path(image->error, image->path);
	va_list arguments;

	at += snprintf(text + at, size - at, "offset %" PRIu64 ": ", offset);
	va_start(arguments, format);
	vsnprintf(text + at, size - at, format, arguments);
	va_end(arguments);
	return false;
}

static bool read_at(struct image *image, void *into, size_t size, uint64_t offset)
{
	char *at = into;

	while (size) {
		ssize_t got = pread(image->fd, at, size, (off_t)offset);

		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return image_fail(image, offset, "expected %zu more bytes: %s", size,
					  strerror(errno));
		if (got == 0)
			return image_fail(image, offset,
					  "expected %zu more bytes, found the end of the file",
					  size);
		at += got;
		offset += (uint64_t)got;
		size -= (size_t)got;
	}
	return true;
}

/* Of the first `size` bytes, which are all that a short file has. */
static bool check_magic(struct image *image, size_t size)
{
	if (memcmp(image->header.magic, TRACE_MAGIC, size) == 0)
		return true;
	return image_fail(image, 0,
			  "expected a trace, which begins with \"GORDIAN\"; found something else");
}

/* Of a file that ends before its header does. */
static bool fail_short(struct image *image, uint64_t file_size)
{
	char *magic = image->header.magic;
	size_t size = sizeof(image->header.magic);

	if (file_size < size)
		size = (size_t)file_size;
	if (!read_at(image, magic, size, 0))
		return false;
	if (file_size == 1 && !*magic)
		return image_fail(image, 0,
				  "expected a trace, found the mark that none could be written: "
				  "no space was left, or a limit is too low");
	if (!check_magic(image, size))
		return false;
	return image_fail(image, file_size,
			  "expected a trace header of %u bytes, found the end of the file",
			  TRACE_HEADER_SIZE);
}

static bool check_origin(struct image *image)
{
	const struct trace_header *h = &image->header;

	if (!check_magic(image, sizeof(h->magic)))
		return false;
	if (h->byte_order == __builtin_bswap32(TRACE_BYTE_ORDER))
		return image_fail(image, offsetof(struct trace_header, byte_order),
				  "expected a trace in this machine's byte order, found the other");
	if (h->byte_order != TRACE_BYTE_ORDER)
		return image_fail(image, offsetof(struct trace_header, byte_order),
				  "expected byte order 0x%08x, found 0x%08x", TRACE_BYTE_ORDER,
				  h->byte_order);
	if (h->version > TRACE_VERSION)
		return image_fail(image, offsetof(struct trace_header, version),
				  "expected format version %u or older, found %u: written by a "
				  "newer version of gordian",
				  TRACE_VERSION, h->version);
	if (h->version < TRACE_OLDEST_VERSION)
		return image_fail(image, offsetof(struct trace_header, version),
				  "expected format version %u or newer, found %u%s",
				  TRACE_OLDEST_VERSION, h->version,
				  h->version ? ": written by an older version of gordian" : "");
	return true;
}

static bool check_header(struct image *image, uint64_t file_size)
{
	const struct trace_header *h = &image->header;

	if (!check_origin(image))
		return false;
	if (h->header_size != TRACE_HEADER_SIZE)
		return image_fail(image, offsetof(struct trace_header, header_size),
				  "expected a header of %u bytes, found %u", TRACE_HEADER_SIZE,
				  h->header_size);
	if (h->pointer_size != sizeof(void *))
		return image_fail(image, offsetof(struct trace_header, pointer_size),
				  "expected a trace of a program with %zu-byte pointers, found %u",
				  sizeof(void *), h->pointer_size);
	if (h->allocated < TRACE_HEADER_SIZE || h->allocated % TRACE_CHUNK_ALIGN ||
	    h->allocated > h->window)
		return image_fail(image, offsetof(struct trace_header, allocated),
				  "expected a multiple of %u from %u to the window's %" PRIu64
				  ", found %" PRIu64,
				  TRACE_CHUNK_ALIGN, TRACE_HEADER_SIZE, h->window, h->allocated);
	if (h->allocated / 8 > UINT32_MAX)
		return image_fail(image, offsetof(struct trace_header, allocated),
				  "expected at most 32 GiB in use, found %" PRIu64 " bytes",
				  h->allocated);
	if (h->allocated > file_size)
		return image_fail(image, file_size,
				  "expected %" PRIu64 " bytes in use, found the end of the file: "
				  "the trace is truncated",
				  h->allocated);
	if (h->end > TRACE_END_signal)
		return image_fail(image, offsetof(struct trace_header, end),
				  "expected a code for how the process ended, found %u", h->end);
	return true;
}

static bool read_header(struct image *image)
{
	struct stat status;

	if (fstat(image->fd, &status) != 0)
		return reader_fail(image->error, image->path, "%s", strerror(errno));
	if (!S_ISREG(status.st_mode))
		return image_fail(image, 0, "expected a regular file");
	if (status.st_size == 0)
		return image_fail(image, 0, "expected a trace header, found an empty file");
	if ((uint64_t)status.st_size < TRACE_HEADER_SIZE)
		return fail_short(image, (uint64_t)status.st_size);
	if (!read_at(image, &image->header, sizeof(image->header), 0))
		return false;
	/* The length once more: the file is always as long as its header says at that time. */
	if (fstat(image->fd, &status) != 0)
		return reader_fail(image->error, image->path, "%s", strerror(errno));
	return check_header(image, (uint64_t)status.st_size);
}

static bool read_chunk_header(struct image *image, uint64_t offset, struct trace_chunk *chunk)
{
	uint64_t room = image->header.allocated - offset;

	if (!read_at(image, chunk, sizeof(*chunk), offset))
		return false;
	if (chunk->magic != TRACE_CHUNK_MAGIC)
		return image_fail(image, offset, "expected a chunk header, found 0x%08x",
				  chunk->magic);
	if (!chunk->size || chunk->size % TRACE_CHUNK_ALIGN || chunk->size > room)
		return image_fail(image, offset + offsetof(struct trace_chunk, size),
				  "expected a chunk size that is a multiple of %u up to %" PRIu64
				  ", found %u",
				  TRACE_CHUNK_ALIGN, room, chunk->size);
	if (chunk->used < sizeof(*chunk) || chunk->used % 8 || chunk->used > chunk->size)
		return image_fail(image, offset + offsetof(struct trace_chunk, used),
				  "expected a multiple of 8 from %zu to %u bytes in use, found %u",
				  sizeof(*chunk), chunk->size, chunk->used);
	return true;
}

static struct image_chunk *add_chunk(struct image *image)
{
	const size_t step = 256;

	if (image->chunk_count % step == 0)
		image->chunks = xreallocarray(image->chunks, image->chunk_count + step,
					      sizeof(*image->chunks));
	return &image->chunks[image->chunk_count++];
}

/* The first look: what is committed in each chunk. */
static bool list_chunks(struct image *image)
{
	struct trace_chunk chunk;

	for (uint64_t at = TRACE_HEADER_SIZE; at < image->header.allocated; at += chunk.size) {
		if (!read_chunk_header(image, at, &chunk))
			return false;
		*add_chunk(image) = (struct image_chunk){.offset = at, .early = chunk.used};
	}
	return true;
}

/* The part of a record's shape that depends on its tail. */
static bool check_tail(struct image *image, uint64_t offset, const struct trace_record *record,
		       const struct record_kind *kind)
{
	size_t tail = record->size - kind->size;

	switch (kind->tail) {
	case TAIL_none:
		if (tail)
			return image_fail(image, offset,
					  "expected a %s record of %zu bytes, found %u", kind->name,
					  kind->size, record->size);
		return true;
	case TAIL_held:
		if (tail % sizeof(struct trace_held_entry))
			return image_fail(image, offset,
					  "expected a %s record of %zu bytes and a multiple of "
					  "%zu, found %u",
					  kind->name, kind->size, sizeof(struct trace_held_entry),
					  record->size);
		return true;
	case TAIL_text:
		if (!tail || ((const char *)record)[record->size - 1])
			return image_fail(image, offset + record->size - 1,
					  "expected the text of a %s record to end with a zero",
					  kind->name);
		return true;
	case TAIL_words:
	case TAIL_slots: /* with the fields: reader_check.c */
		return true;
	}
	return true;
}

/* A record's shape; `room` is what is left of its chunk. */
static bool check_shape(struct image *image, uint64_t offset, const struct trace_record *record,
			uint64_t room)
{
	if (room < sizeof(*record))
		return image_fail(image, offset, "expected a record, found %" PRIu64 " bytes",
				  room);

	const struct record_kind *kind = record_kind(record->type);

	if (!kind)
		return image_fail(image, offset, "expected a record type, found %u", record->type);
	if (record->zero)
		return image_fail(image, offset + offsetof(struct trace_record, zero),
				  "expected 0, found %u", record->zero);
	if (record->size < kind->size || record->size % 8 || record->size > room)
		return image_fail(image, offset + offsetof(struct trace_record, size),
				  "expected the size of a %s record, a multiple of 8 from %zu to "
				  "%" PRIu64 ", found %u",
				  kind->name, kind->size, room, record->size);
	return check_tail(image, offset, record, kind);
}

static void add_record(struct image *image, uint32_t reference)
{
	size_t count = image->record_count;

	/* Doubles whenever the count is a power of two. */
	if (!(count & (count - 1)))
		image->records = xreallocarray(image->records, count ? count * 2 : 1,
					       sizeof(*image->records));
	image->records[image->record_count++] = reference;
	image->starts[reference / 64] |= UINT64_C(1) << reference % 64;
}

static bool copy_chunk(struct image *image, struct image_chunk *chunk)
{
	const uint64_t end = chunk->offset + chunk->used;

	if (chunk->used < chunk->early)
		return image_fail(image, chunk->offset + offsetof(struct trace_chunk, used),
				  "expected at least %u bytes in use as before, found %u",
				  chunk->early, chunk->used);
	if (!read_at(image, image->bytes + chunk->offset, chunk->used, chunk->offset))
		return false;
	for (uint64_t at = chunk->offset + sizeof(struct trace_chunk); at < end;) {
		const struct trace_record *record = (struct trace_record *)(image->bytes + at);

		if (!check_shape(image, at, record, end - at))
			return false;
		add_record(image, (uint32_t)(at / 8));
		at += record->size;
	}
	return true;
}

/* The second look, which makes the copy. */
static bool copy_chunks(struct image *image)
{
	struct trace_chunk header;
	size_t index = 0;

	for (uint64_t at = TRACE_HEADER_SIZE; at < image->header.allocated; at += header.size) {
		struct image_chunk *chunk;

		if (!read_chunk_header(image, at, &header))
			return false;
		if (index == image->chunk_count)
			*add_chunk(image) =
				(struct image_chunk){.offset = at, .early = sizeof(header)};
		chunk = &image->chunks[index++];
		if (chunk->offset != at)
			return image_fail(image, at, "expected a chunk at %" PRIu64 " as before",
					  chunk->offset);
		chunk->used = header.used;
		if (chunk->used != chunk->early)
			image->live = true;
		if (!copy_chunk(image, chunk))
			return false;
	}
	return true;
}

bool image_open(struct image *image, const char *path, struct reader_error *error)
{
	*image = (struct image){.path = path, .error = error};
	/* O_NONBLOCK: a FIFO of that name must not make us wait. */
	image->fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	if (image->fd < 0)
		return reader_fail(error, path, "cannot be opened: %s", strerror(errno));
	/* The header again, since chunks may have been added before the first look ended. */
	if (!read_header(image) || !list_chunks(image) || !read_header(image))
		return false;
	image->live = image->header.end == TRACE_END_running;
	image->bytes = malloc(image->header.allocated);
	image->starts = calloc(image->header.allocated / 512 + 1, sizeof(*image->starts));
	if (!image->bytes || !image->starts)
		return image_fail(image, offsetof(struct trace_header, allocated),
				  "expected a trace that fits in memory, found %" PRIu64 " bytes",
				  image->header.allocated);
	return copy_chunks(image);
}

void image_close(struct image *image)
{
	if (image->fd >= 0)
		close(image->fd);
	free(image->bytes);
	free(image->chunks);
	free(image->records);
	free(image->starts);
}

/* The chunk that contains the offset; NULL: none does. */
static const struct image_chunk *find_chunk(const struct image *image, uint64_t offset)
{
	size_t low = BISECT(0, image->chunk_count, i, image->chunks[i].offset <= offset);
	return low ? &image->chunks[low - 1] : NULL;
}

bool image_late(const struct image *image, uint32_t reference)
{
	const struct image_chunk *chunk = find_chunk(image, (uint64_t)reference * 8);

	return chunk && (uint64_t)reference * 8 - chunk->offset >= chunk->early;
}

bool image_uncommitted(const struct image *image, uint32_t reference)
{
	if ((uint64_t)reference * 8 >= image->header.allocated)
		return true;
	return image_late(image, reference) && !image_record(image, reference);
}

void image_drop(struct image *image, uint32_t reference)
{
	image->starts[reference / 64] &= ~(UINT64_C(1) << reference % 64);
}
