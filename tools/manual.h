/* The manual page, made from the tables that --help is made from. */
#ifndef GORDIAN_MANUAL_H
#define GORDIAN_MANUAL_H

/* Prints gordian(1) on standard output, as man(7) source. */
void manual_print(void);

#endif
