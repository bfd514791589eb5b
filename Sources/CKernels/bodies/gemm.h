// Matrix product with the right-hand side packed into panels of 32 columns.
//
// Weights are packed once for each version of them and used for every batch, which a BLAS interface cannot express; and
// each output is one chain of multiply-adds over k, so a row's result is the same in any batch, which OpenBLAS does not give.

static void kernel_pack(const float *B, long ldb, long K, long N, int transposed, float *packed) {
    for (long j = 0; j < N; j += CK_PANEL) {
        long columns = N - j < CK_PANEL ? N - j : CK_PANEL;
        float *panel = packed + j * K;
        if (columns < CK_PANEL) memset(panel, 0, (size_t)(K * CK_PANEL) * sizeof(float));
        if (transposed) {
            // Blocks of 16 rows of k keep the writes of a column within a few cache lines.
            for (long k0 = 0; k0 < K; k0 += 16) {
                long k1 = k0 + 16 < K ? k0 + 16 : K;
                for (long c = 0; c < columns; c++)
                    for (long k = k0; k < k1; k++) panel[k * CK_PANEL + c] = B[(j + c) * ldb + k];
            }
        } else {
            for (long k = 0; k < K; k++) memcpy(panel + k * CK_PANEL, B + k * ldb + j, (size_t)columns * sizeof(float));
        }
    }
}

// TILE_ROWS × TILE_COLUMNS outputs live in registers: 12 × 32 of AVX-512's 32, 6 × 16 of AVX2's 16. Where they go is fetched
// into the cache while they are summed.
#define TILE(ROWS)                                                                                                             \
    static void tile_##ROWS(long K, const float *A, long row_stride, long k_stride, const float *B, float *C, long ldc,       \
                            const float *addend, long ld_addend) {                                                             \
        for (int half = 0; half < CK_PANEL; half += TILE_COLUMNS) {                                                            \
            v16 c[ROWS][TILE_COLUMNS / 16];                                                                                    \
            _Pragma("clang loop unroll(full)") for (int i = 0; i < ROWS; i++)                                                  \
                _Pragma("clang loop unroll(full)") for (int j = 0; j < TILE_COLUMNS / 16; j++) c[i][j] = (v16){0};             \
            _Pragma("clang loop unroll(full)") for (int i = 0; i < ROWS; i++)                                                  \
                _Pragma("clang loop unroll(full)") for (int j = 0; j < TILE_COLUMNS / 16; j++)                                 \
                    __builtin_prefetch((addend ? addend + i * ld_addend : C + i * ldc) + half + 16 * j, 0);                     \
            for (long k = 0; k < K; k++) {                                                                                     \
                v16 b[TILE_COLUMNS / 16];                                                                                      \
                _Pragma("clang loop unroll(full)") for (int j = 0; j < TILE_COLUMNS / 16; j++)                                 \
                    b[j] = v16_load(B + k * CK_PANEL + half + 16 * j);                                                         \
                _Pragma("clang loop unroll(full)") for (int i = 0; i < ROWS; i++) {                                            \
                    v16 a = v16_splat(A[i * row_stride + k * k_stride]);                                                       \
                    _Pragma("clang loop unroll(full)") for (int j = 0; j < TILE_COLUMNS / 16; j++) c[i][j] += a * b[j];        \
                }                                                                                                              \
            }                                                                                                                  \
            _Pragma("clang loop unroll(full)") for (int i = 0; i < ROWS; i++)                                                  \
                _Pragma("clang loop unroll(full)") for (int j = 0; j < TILE_COLUMNS / 16; j++) {                               \
                    float *out = C + i * ldc + half + 16 * j;                                                                  \
                    v16_store(out, addend ? v16_load(addend + i * ld_addend + half + 16 * j) + c[i][j] : c[i][j]);             \
                }                                                                                                              \
        }                                                                                                                      \
    }
typedef void (*tile)(long K, const float *A, long row_stride, long k_stride, const float *B, float *C, long ldc, const float *addend,
                     long ld_addend);
TILE(1) TILE(2) TILE(3) TILE(4) TILE(5) TILE(6)
#if TILE_ROWS == 12
TILE(7) TILE(8) TILE(9) TILE(10) TILE(11) TILE(12)
static const tile tiles[] = {0,      tile_1, tile_2, tile_3, tile_4,  tile_5,  tile_6,
                             tile_7, tile_8, tile_9, tile_10, tile_11, tile_12};
#else
static const tile tiles[] = {0, tile_1, tile_2, tile_3, tile_4, tile_5, tile_6};
#endif

// C = A · B (+ addend): A's element (i, k) lies at i · row_stride + k · k_stride; a panel of B holds panel_rows ≥ K rows.
INLINE void product(long M, long N, long K, const float *A, long row_stride, long k_stride, const float *packed, long panel_rows,
                    float *C, long ldc, const float *addend, long ld_addend) {
    for (long j = 0; j < N; j += CK_PANEL) {
        const float *panel = packed + j * panel_rows;
        long columns = N - j < CK_PANEL ? N - j : CK_PANEL;
        for (long i = 0; i < M;) {
            long rows = M - i < TILE_ROWS ? M - i : TILE_ROWS;
            const float *a = A + i * row_stride, *add = addend ? addend + i * ld_addend + j : 0;
            float *out = C + i * ldc + j;
            if (columns == CK_PANEL) {
                tiles[rows](K, a, row_stride, k_stride, panel, out, ldc, add, ld_addend);
            } else {
                float edge[TILE_ROWS * CK_PANEL];
                tiles[rows](K, a, row_stride, k_stride, panel, edge, CK_PANEL, 0, 0);
                for (long r = 0; r < rows; r++)
                    for (long c = 0; c < columns; c++)
                        out[r * ldc + c] = add ? add[r * ld_addend + c] + edge[r * CK_PANEL + c] : edge[r * CK_PANEL + c];
            }
            i += rows;
        }
    }
}

// Sums over all tokens of a shard (transposed A) are cut so that a strip of A stays in cache.
enum { STRIP = 256 };

static void kernel_gemm(long M, long N, long K, const float *A, long lda, int transposed, const float *packed, float *C, long ldc,
                        const float *addend) {
    if (K == 0)
        for (long i = 0; i < M; i++) {
            if (!addend) memset(C + i * ldc, 0, (size_t)N * sizeof(float));
            else if (addend != C) memcpy(C + i * ldc, addend + i * ldc, (size_t)N * sizeof(float));
        }
    long strip = transposed ? STRIP : K;
    for (long k0 = 0; k0 < K; k0 += strip) {
        long k = K - k0 < strip ? K - k0 : strip;
        product(M, N, k, A + k0 * (transposed ? lda : 1), transposed ? 1 : lda, transposed ? lda : 1, packed + k0 * CK_PANEL, K, C, ldc,
                k0 > 0 ? C : addend, ldc);
    }
}
