// annotations.c as C++.
#include "annotations.c"
