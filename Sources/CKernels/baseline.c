#include "table.h"
#define TABLE ck_baseline
#define TILE_ROWS 6
#define TILE_COLUMNS 16
#include "bodies/kernels.h"
