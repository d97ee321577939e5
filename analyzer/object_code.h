/*
 * The code of an ELF file for x86-64, instruction by instruction (decoded by Zydis): where it goes
 * on, whom it calls, and what it makes of the general registers. Where functions begin stands in
 * .eh_frame_hdr, which files keep that have lost their symbols. Addresses are those of the file.
 *
 * Nothing that the file says is trusted: addresses that lie in no code decode to nothing.
 */
#ifndef GORDIAN_OBJECT_CODE_H
#define GORDIAN_OBJECT_CODE_H

#include "object_file.h"

/* General registers by their numbers in instructions: CODE_RSP is the stack's, CODE_RDI that of the
 * first argument. */
enum {
	CODE_RAX = 0,
	CODE_RCX = 1,
	CODE_RDX = 2,
	CODE_RSP = 4,
	CODE_RBP = 5,
	CODE_RSI = 6,
	CODE_RDI = 7,
	CODE_R8 = 8,
	CODE_R9 = 9,
	CODE_REGISTERS = 16
};

enum code_kind {
	CODE_PLAIN,    /* the next one follows */
	CODE_CALL,     /* the next one follows, unless what is called does not return */
	CODE_BRANCH,   /* the next one follows, or the target */
	CODE_JUMP,     /* the target follows; none when an import is jumped to */
	CODE_INDIRECT, /* a jump that is computed */
	CODE_RETURN,
	CODE_TRAP, /* nothing follows */
};

/* What is known of the value that an instruction writes. */
enum code_effect {
	CODE_NO_EFFECT,
	CODE_SETS,     /* `written` to `from` + offset */
	CODE_CUTS,     /* `written` to the lower 4 bytes of `from` */
	CODE_LOADS,    /* `written` from the memory at `from` + offset */
	CODE_STORES,   /* `written`, a register, to the memory at `from` + offset: all 8 bytes */
	CODE_SPOILS,   /* `bytes` of memory at `from` + offset, or `spread`, in an unknown way */
	CODE_COMPARES, /* the lower `bytes` of `from` to offset, for the branches that follow */
	CODE_LOOKS, /* at the memory at `from` + offset, and makes nothing of it that is followed */
};

/* When a branch is taken, of numbers that were compared. */
enum code_condition {
	CODE_IF_UNKNOWN,
	CODE_IF_EQUAL,
	CODE_IF_NOT_EQUAL,
	CODE_IF_BELOW, /* without a sign */
	CODE_IF_NOT_BELOW,
	CODE_IF_BELOW_OR_EQUAL,
	CODE_IF_ABOVE,
	CODE_IF_LESS, /* with one */
	CODE_IF_NOT_LESS,
	CODE_IF_LESS_OR_EQUAL,
	CODE_IF_GREATER,
	CODE_IF_NEGATIVE, /* the difference */
	CODE_IF_NOT_NEGATIVE,
};

/* What an instruction tells branches that follow it: how a number is, in memory at `from` + offset,
 * or else in the register `from`. */
enum code_test {
	CODE_NO_TEST,
	CODE_TESTS_NUMBER, /* beside `against` */
	CODE_TESTS_BITS,   /* whether it has any of the bits of `against` */
};

/* Where memory is spoiled. */
enum code_spread {
	CODE_SPREAD_NOT,      /* there */
	CODE_SPREAD_COUNTED,  /* from there on, as many times as RCX says */
	CODE_SPREAD_ANYWHERE, /* or behind it */
};

#define CODE_NO_REGISTER 0xff /* in place of `from`: the offset alone */

struct code_instruction {
	uint64_t address;
	uint8_t length;
	uint8_t kind;	 /* enum code_kind */
	uint8_t effect;	 /* enum code_effect */
	uint8_t written; /* register */
	uint8_t from;	 /* register, or CODE_NO_REGISTER */
	uint8_t bytes;
	uint8_t spread;	    /* enum code_spread */
	uint8_t condition;  /* enum code_condition, of a branch */
	uint8_t test;	    /* enum code_test: what it leaves for branches */
	bool flags;	    /* what was compared is no longer known behind it */
	uint8_t through;    /* register that holds the address of what is called, if one does */
	int8_t pushed;	    /* bytes that the stack grows by beyond that */
	uint16_t clobbered; /* bit N: register N gets some value, or another one than by the effect
			     */
	uint16_t mixed;	    /* bit N: what is in register N goes into what is not followed */
	bool computed;	    /* and another value with it */
	int64_t offset;
	int64_t against;    /* of a test */
	uint64_t target;    /* of a call, a branch or a jump; 0: not known, or an import */
	uint64_t landing;   /* of a call: where what is thrown out of it goes on; 0: not here */
	const char *import; /* the function of another file that is called or jumped to; NULL */
};

/* Whether its effect is what it writes to a register. */
bool code_writes_register(const struct code_instruction *instruction);

struct object_code;

/* NULL: it cannot be read. Keeps pointing to the file, which stays open. */
struct object_code *object_code_new(const struct object_file *object);
void object_code_free(struct object_code *code);

/* The functions that have been read of it: code_function.h. */
struct code_functions;
struct code_functions *object_code_functions(const struct object_code *code);

/*
 * The bounds of the function that the address is in, or of a part of one; the end may be too late,
 * where code follows that is in no function. False: not known.
 */
bool object_code_function(const struct object_code *code, uint64_t address, uint64_t *start,
			  uint64_t *end);

/* The file's parts with code; false: there are not so many. */
bool object_code_section(const struct object_code *code, size_t number, uint64_t *address,
			 uint64_t *size);

/* Whether a variable may be there that the program may write to. */
bool object_code_is_data(const struct object_code *code, uint64_t address);

/* Whether there is such a pointer to an import of that name. */
bool object_code_imports(const struct object_code *code, const char *name);

/*
 * The import whose address the dynamic linker puts there; NULL: none. `always`: not where the
 * program may put another one later.
 */
const char *object_code_import_at(const struct object_code *code, uint64_t address, bool always);

/* What the dynamic linker has to find in other files. */
struct code_import {
	const char *name; /* NULL: it finds that here */
	bool variable;	  /* not a function */
	bool in_data;	  /* its address stands in data, and in no table of the linker's own */
};

/* Number so; false: there are not so many. */
bool object_code_import(const struct object_code *code, size_t number, struct code_import *import);
/* The one whose address is put there. */
bool object_code_import_of(const struct object_code *code, uint64_t address,
			   struct code_import *import);
/* Whether other files may call functions of this one by their names. */
bool object_code_has_callers(const struct object_code *code);

/* Whether an import is not known to be the C library's. */
bool object_code_is_foreign(const struct object_code *code, const char *import);
/* Whether some of these bytes are a variable's or a function's that other files may have by its
 * name. */
bool object_code_is_shared(const struct object_code *code, uint64_t address, unsigned bytes);

/* What is in memory there, of so many bytes, when the program or library is loaded; false: not
 * known. */
bool object_code_at_start(const struct object_code *code, uint64_t address, unsigned bytes,
			  uint64_t *value);

/* The instruction at the address; false: there is none. */
bool object_code_decode(const struct object_code *code, uint64_t address,
			struct code_instruction *instruction);

#endif
