#if defined(__x86_64__)
#include "table.h"
#define TABLE ck_avx2
#define TILE_ROWS 6
#define TILE_COLUMNS 16
#pragma clang attribute push(__attribute__((target("arch=x86-64-v3"))), apply_to = function)
#include "bodies/kernels.h"
#pragma clang attribute pop
#endif
