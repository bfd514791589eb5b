#if defined(__x86_64__)
#include "table.h"
#define TABLE ck_avx512
#define TILE_ROWS 12
#define TILE_COLUMNS 32
#pragma clang attribute push(__attribute__((target("arch=x86-64-v4"))), apply_to = function)
#include "bodies/kernels.h"
#pragma clang attribute pop
#endif
