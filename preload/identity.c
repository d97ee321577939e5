/* Owns what /proc/self/maps says about an address. */
#include "identity.h"

#include "recorder.h"
#include "system.h"

#include <fcntl.h>
#include <string.h>

struct mapping {
	uint64_t start, end, offset, device, inode;
	bool shared;
	bool anonymous; /* with a shared one: nobody gets it but by inheritance */
};

bool identity_shared_memory;

/* A number up to a character that is none; *text goes past that. */
static uint64_t take_number(const char **text, unsigned base)
{
	uint64_t number = 0;

	for (; **text; ++*text) {
		unsigned digit = (unsigned char)**text;

		if (digit >= '0' && digit <= '9')
			digit -= '0';
		else if (digit >= 'a' && digit <= 'f')
			digit -= 'a' - 10;
		else
			break;
		if (digit >= base)
			break;
		number = number * base + digit;
	}
	if (**text)
		++*text;
	return number;
}

/* "7f5a00000000-7f5a00001000 rw-s 00002000 00:01 1234   /dev/zero (deleted)" */
static void parse(const char *line, struct mapping *mapping)
{
	mapping->start = take_number(&line, 16);
	mapping->end = take_number(&line, 16);
	mapping->shared = strlen(line) > 5 && line[3] == 's';
	line += strlen(line) > 5 ? 5 : 0;
	mapping->offset = take_number(&line, 16);
	mapping->device = take_number(&line, 16) << 32;
	mapping->device |= take_number(&line, 16);
	mapping->inode = take_number(&line, 10);
	line += strspn(line, " ");
	mapping->anonymous = strcmp(line, "/dev/zero (deleted)") == 0;
}

static bool find_mapping(uint64_t address, struct mapping *mapping)
{
	static char buffer[4096 + 1]; /* a line is shorter: its path comes last, and may be cut */
	int fd = sys_open("/proc/self/maps", O_RDONLY, 0);
	size_t used = 0;
	bool found = false;
	long got;

	while (fd >= 0 && !found && (got = sys_read(fd, buffer + used, 4096 - used)) > 0) {
		char *line = buffer, *next;

		used += (size_t)got;
		buffer[used] = '\0';
		for (; !found && (next = memchr(line, '\n', used - (size_t)(line - buffer)));
		     line = next + 1) {
			*next = '\0';
			parse(line, mapping);
			found = address >= mapping->start && address < mapping->end;
		}
		used -= (size_t)(line - buffer);
		/* The rest of a line that is longer than the buffer is taken for a line of its own,
		 * which no address lies in. */
		if (used == 4096)
			used = 0;
		memmove(buffer, line, used);
	}
	if (fd >= 0)
		sys_close(fd);
	return found;
}

uint64_t identity_mapping_end(uint64_t address)
{
	struct mapping mapping;

	return find_mapping(address, &mapping) ? mapping.end : address;
}

void identity_write(uint32_t lock_ref, uint64_t address)
{
	struct trace_identity *record;
	struct trace_lock *lock = trace_at(lock_ref);
	struct mapping mapping;

	if (!find_mapping(address, &mapping) || !mapping.shared)
		return;
	if (!mapping.anonymous)
		lock->flags |= TRACE_LOCK_REACHABLE;
	record = trace_alloc(&recorder_cursor, TRACE_TYPE_identity, sizeof(*record));
	if (!record)
		return;
	record->lock = lock_ref;
	record->device = mapping.device;
	record->inode = mapping.inode;
	record->offset = mapping.offset + (address - mapping.start);
	trace_commit(&recorder_cursor, record);
}
