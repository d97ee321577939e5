/* What reloaded.c and its libraries have of each other. */
#ifndef RELOADED_H
#define RELOADED_H

/* The program's: takes a lock. */
void take(void);

typedef int enter_function(int depth);
enter_function enter;

#endif
