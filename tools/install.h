/* Where things are that come with the command. */
#ifndef GORDIAN_INSTALL_H
#define GORDIAN_INSTALL_H

/*
 * Path of libgordian.so: beside the command in its build tree (../preload/), else in the library
 * directory it was installed into. NULL: it is in neither; *expected (if not NULL) is where it
 * should be. Both malloc'd.
 */
char *install_recorder(char **expected);

#endif
