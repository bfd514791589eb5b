// Causal grouped-query attention as small matrix products: keys lie in panels of 32 positions, as ck_pack lays out their
// transpose, so that a tile of query rows is scored at once. An output row is the same chain of operations in any tile: a row
// of a training batch and a token being sampled get the same bits.

// s := exp(s · scale − max) over the first n; *total := Σ. Returns max.
INLINE float exponentials_of(long n, float *s, float scale, float *total) {
    long whole = n & ~15l;
    v16 top = v16_splat(-INFINITY);
    for (long j = 0; j < whole; j += 16) top = v16_larger(v16_load(s + j), top);
    if (whole < n) top = v16_larger(v16_load_part(s + whole, n - whole, -INFINITY), top);
    float m = v16_largest(top) * scale;
    v16 sum = {0};
    for (long j = 0; j < whole; j += 16) {
        v16 e = v16_exp(v16_load(s + j) * scale - m);
        v16_store(s + j, e);
        sum += e;
    }
    if (whole < n) {
        v16 e = v16_exp(v16_load_part(s + whole, n - whole, -INFINITY) * scale - m);
        v16_store_part(s + whole, e, n - whole);
        sum += e;
    }
    *total = v16_sum(sum);
    return m;
}

// Few rows leave the multipliers idle in one panel: two panels at once, with the same chain for each output.
#define WIDE_TILE(ROWS)                                                                                                        \
    static void wide_tile_##ROWS(long width, const float *q, long q_stride, const float *keys, float *s, long s_stride) {       \
        v16 c[ROWS][4];                                                                                                        \
        _Pragma("clang loop unroll(full)") for (int i = 0; i < ROWS; i++)                                                      \
            _Pragma("clang loop unroll(full)") for (int j = 0; j < 4; j++) c[i][j] = (v16){0};                                 \
        const float *next = keys + width * CK_PANEL;                                                                           \
        for (long k = 0; k < width; k++) {                                                                                     \
            v16 b[4] = {v16_load(keys + k * CK_PANEL), v16_load(keys + k * CK_PANEL + 16), v16_load(next + k * CK_PANEL),      \
                        v16_load(next + k * CK_PANEL + 16)};                                                                   \
            _Pragma("clang loop unroll(full)") for (int i = 0; i < ROWS; i++) {                                                \
                v16 a = v16_splat(q[i * q_stride + k]);                                                                        \
                _Pragma("clang loop unroll(full)") for (int j = 0; j < 4; j++) c[i][j] += a * b[j];                            \
            }                                                                                                                  \
        }                                                                                                                      \
        _Pragma("clang loop unroll(full)") for (int i = 0; i < ROWS; i++)                                                      \
            _Pragma("clang loop unroll(full)") for (int j = 0; j < 4; j++) v16_store(s + i * s_stride + 16 * j, c[i][j]);      \
    }
WIDE_TILE(1) WIDE_TILE(2) WIDE_TILE(4)

INLINE void scores_of(long rows, long panels, long width, const float *q, long q_stride, const float *keys, float *s, long s_stride) {
    long p = 0;
    for (; p + 2 <= panels && (rows <= 2 || rows == 4); p += 2) {
        const float *panel = keys + p * width * CK_PANEL;
        if (rows == 1) wide_tile_1(width, q, q_stride, panel, s + p * CK_PANEL, s_stride);
        else if (rows == 2) wide_tile_2(width, q, q_stride, panel, s + p * CK_PANEL, s_stride);
        else wide_tile_4(width, q, q_stride, panel, s + p * CK_PANEL, s_stride);
    }
    for (; p < panels; p++)
        tiles[rows](width, q, q_stride, 1, keys + p * width * CK_PANEL, s + p * CK_PANEL, s_stride, 0, 0);
}

// out = factor · Σ_j weight_j · value_j: even and odd positions in chains of their own, added at the end.
#define VALUES(ROWS, VECTORS)                                                                                                  \
    static void values_##ROWS##_##VECTORS(long n, const float *w, long w_stride, const float *values, long stride,             \
                                          const float *factors, float *out, long out_stride) {                                 \
        v16 even[ROWS][VECTORS], odd[ROWS][VECTORS];                                                                           \
        _Pragma("clang loop unroll(full)") for (int i = 0; i < ROWS; i++)                                                      \
            _Pragma("clang loop unroll(full)") for (int v = 0; v < VECTORS; v++) even[i][v] = odd[i][v] = (v16){0};            \
        long j = 0;                                                                                                            \
        for (; j + 2 <= n; j += 2) {                                                                                           \
            v16 x[VECTORS], y[VECTORS];                                                                                        \
            _Pragma("clang loop unroll(full)") for (int v = 0; v < VECTORS; v++) {                                             \
                x[v] = v16_load(values + j * stride + 16 * v);                                                                 \
                y[v] = v16_load(values + (j + 1) * stride + 16 * v);                                                           \
            }                                                                                                                  \
            _Pragma("clang loop unroll(full)") for (int i = 0; i < ROWS; i++) {                                                \
                v16 a = v16_splat(w[i * w_stride + j]), b = v16_splat(w[i * w_stride + j + 1]);                                \
                _Pragma("clang loop unroll(full)") for (int v = 0; v < VECTORS; v++) even[i][v] += a * x[v];                   \
                _Pragma("clang loop unroll(full)") for (int v = 0; v < VECTORS; v++) odd[i][v] += b * y[v];                    \
            }                                                                                                                  \
        }                                                                                                                      \
        if (j < n)                                                                                                             \
            _Pragma("clang loop unroll(full)") for (int i = 0; i < ROWS; i++)                                                  \
                _Pragma("clang loop unroll(full)") for (int v = 0; v < VECTORS; v++)                                           \
                    even[i][v] += v16_splat(w[i * w_stride + j]) * v16_load(values + j * stride + 16 * v);                     \
        _Pragma("clang loop unroll(full)") for (int i = 0; i < ROWS; i++)                                                      \
            _Pragma("clang loop unroll(full)") for (int v = 0; v < VECTORS; v++)                                               \
                v16_store(out + i * out_stride + 16 * v, (even[i][v] + odd[i][v]) * factors[i]);                               \
    }
VALUES(1, 1)
#if TILE_ROWS == 12
enum { VALUE_ROWS = 6, VALUE_VECTORS = 2 };
VALUES(1, 2) VALUES(2, 2) VALUES(3, 2) VALUES(4, 2) VALUES(5, 2) VALUES(6, 2)
#else
enum { VALUE_ROWS = 2, VALUE_VECTORS = 1 };
VALUES(2, 1)
#endif

// The last columns of a head whose width is no multiple of 16.
static void values_part(long n, const float *w, const float *values, long stride, long part, float factor, float *out) {
    v16 even = {0}, odd = {0};
    long j = 0;
    for (; j + 2 <= n; j += 2) {
        even += w[j] * v16_load_part(values + j * stride, part, 0);
        odd += w[j + 1] * v16_load_part(values + (j + 1) * stride, part, 0);
    }
    if (j < n) even += w[j] * v16_load_part(values + j * stride, part, 0);
    v16_store_part(out, (even + odd) * factor, part);
}

INLINE void weighted_values(long rows, long n, long width, const float *w, long w_stride, const float *values, long stride,
                            const float *factors, float *out, long out_stride) {
    long d = 0;
    for (; d + 16 * VALUE_VECTORS <= width; d += 16 * VALUE_VECTORS)
        for (long r = 0; r < rows;) {
            long count = rows - r < VALUE_ROWS ? rows - r : VALUE_ROWS;
            const float *x = values + d, *a = w + r * w_stride, *f = factors + r;
            float *y = out + r * out_stride + d;
#if TILE_ROWS == 12
            switch (count) {
            case 1: values_1_2(n, a, w_stride, x, stride, f, y, out_stride); break;
            case 2: values_2_2(n, a, w_stride, x, stride, f, y, out_stride); break;
            case 3: values_3_2(n, a, w_stride, x, stride, f, y, out_stride); break;
            case 4: values_4_2(n, a, w_stride, x, stride, f, y, out_stride); break;
            case 5: values_5_2(n, a, w_stride, x, stride, f, y, out_stride); break;
            default: values_6_2(n, a, w_stride, x, stride, f, y, out_stride);
            }
#else
            if (count == 1) values_1_1(n, a, w_stride, x, stride, f, y, out_stride);
            else values_2_1(n, a, w_stride, x, stride, f, y, out_stride);
#endif
            r += count;
        }
    for (; d < width; d += 16)
        for (long r = 0; r < rows; r++) {
            const float *a = w + r * w_stride;
            float *y = out + r * out_stride + d;
            if (width - d >= 16) values_1_1(n, a, w_stride, values + d, stride, factors + r, y, out_stride);
            else values_part(n, a, values + d, stride, width - d, factors[r], y);
        }
}

// Rows of scores start at different cache sets.
INLINE long score_stride(long positions) { return ((positions + CK_PANEL - 1) & ~(CK_PANEL - 1l)) + 16; }

static void kernel_attend(long rows, long step, long n, long width, const float *query, long query_stride, const float *keys,
                          const float *values, long value_stride, float scale, float *output, long output_stride, float *logsumexps,
                          float *scratch) {
    for (long r0 = 0; r0 < rows; r0 += TILE_ROWS) {
        long count = rows - r0 < TILE_ROWS ? rows - r0 : TILE_ROWS;
        long last = n + (r0 + count - 1) * step, stride = score_stride(last);
        float factors[TILE_ROWS];
        scores_of(count, (last + CK_PANEL - 1) / CK_PANEL, width, query + r0 * query_stride, query_stride, keys, scratch, stride);
        for (long r = 0; r < count; r++) {
            float *s = scratch + r * stride, total;
            long own = n + (r0 + r) * step;
            float top = exponentials_of(own, s, scale, &total);
            // A weight of zero adds nothing to finite values, so that rows of different lengths can share a tile.
            memset(s + own, 0, (size_t)(last - own) * sizeof(float));
            factors[r] = 1.0f / total;
            if (logsumexps) logsumexps[r0 + r] = top + logf(total);
        }
        weighted_values(count, last, width, scratch, stride, values, value_stride, factors, output + r0 * output_stride, output_stride);
    }
}

// Asks for the first n positions of a head's keys and values: they come from memory, in pieces too short for the machine's own
// prefetchers to follow.
INLINE void fetch_head(const float *keys, const float *values, long n, long width) {
    long key_floats = (n + CK_PANEL - 1) / CK_PANEL * CK_PANEL * width, value_floats = n * width;
    for (long i = 0; i < key_floats; i += 16) __builtin_prefetch(keys + i);
    for (long i = 0; i < value_floats; i += 16) __builtin_prefetch(values + i);
}

static void kernel_attend_cached(long rows, long heads, long group, long width, const float *query, const float *key,
                                 const float *value, long value_stride, float *keys, float *values, const long *bases, long capacity,
                                 const int32_t *positions, float scale, float *output, float *scratch) {
    long head_size = capacity * width;
    for (long r = 0; r < rows; r++) {
        long position = positions[r];
        for (long h = 0; h < heads; h++) {
            float *k = keys + bases[r] + h * head_size, *v = values + bases[r] + h * head_size;
            if (h + 1 < heads) fetch_head(k + head_size, v + head_size, position + 1, width);
            else if (r + 1 < rows) fetch_head(keys + bases[r + 1], values + bases[r + 1], positions[r + 1] + 1, width);
            const float *x = key + (r * heads + h) * width;
            float *column = k + (position / CK_PANEL * width) * CK_PANEL + position % CK_PANEL;
            for (long d = 0; d < width; d++) column[d * CK_PANEL] = x[d];
            memcpy(v + position * width, value + r * value_stride + h * width, (size_t)width * sizeof(float));
            long first = (r * heads + h) * group * width;
            kernel_attend(group, 0, position + 1, width, query + first, width, k, v, width, scale, output + first, width, 0, scratch);
        }
    }
}

static void kernel_store_keys(long rows, long width, const float *x, long x_stride, float *keys, long start) {
    for (long r = 0; r < rows; r++) {
        long position = start + r;
        float *column = keys + (position / CK_PANEL * width) * CK_PANEL + position % CK_PANEL;
        for (long d = 0; d < width; d++) column[d * CK_PANEL] = x[r * x_stride + d];
    }
}

// Query rows that pass through the backward pass together: few for short sequences, where a square block wastes most of its
// upper half, more for long ones, where every block passes over all keys before it.
INLINE long backward_block(long n) { return n <= 96 ? 12 : n <= 256 ? 24 : 48; }

// For row i: P_j again, dP_j = dout·v_j, dS_j = P_j (dP_j − dout·out), dq = Σ dS_j k_j, dk_j += dS_j q, dv_j += P_j dout.
static void kernel_attend_backward(long n, long group, long width, const float *q, const float *k, const float *v,
                                   const float *out, const float *dout, long q_stride, long k_stride, long v_stride, long out_stride,
                                   float scale, const float *logsumexps, long logsumexp_stride, int add_q, int add_k, int add_v, float *dq,
                                   float *dk, float *dv, long dq_stride, long dk_stride, long dv_stride, float *scratch) {
    long block = backward_block(n), stride = score_stride(n), padded = stride - 16;
    long columns = (width + CK_PANEL - 1) & ~(CK_PANEL - 1l);
    float *keys_t = scratch, *values_t = keys_t + width * padded, *keys = values_t + width * padded, *p = keys + columns * n;
    float *ds = p + block * stride, *q_rows = ds + block * stride, *dout_rows = q_rows + columns * block;
    kernel_pack(k, k_stride, width, n, 1, keys_t);
    kernel_pack(v, v_stride, width, n, 1, values_t);
    kernel_pack(k, k_stride, n, width, 0, keys);
    for (long g = 0; g < group; g++)
        // The last rows come first: they reach all keys, so that dk and dv need not be cleared before.
        for (long i0 = (n - 1) / block * block; i0 >= 0; i0 -= block) {
            long rows = n - i0 < block ? n - i0 : block, last = i0 + rows, reach = (last + CK_PANEL - 1) & ~(CK_PANEL - 1l);
            const float *q0 = q + i0 * q_stride + g * width, *do0 = dout + i0 * out_stride + g * width;
            product(rows, reach, width, q0, q_stride, 1, keys_t, width, p, stride, 0, 0);
            product(rows, reach, width, do0, out_stride, 1, values_t, width, ds, stride, 0, 0);
            for (long r = 0; r < rows; r++) {
                float *pr = p + r * stride, *dsr = ds + r * stride;
                long own = i0 + r + 1, whole = own & ~15l;
                float total = logsumexps[g * logsumexp_stride + i0 + r];
                float delta = dot(do0 + r * out_stride, out + (i0 + r) * out_stride + g * width, width);
                for (long j = 0; j < whole; j += 16) {
                    v16 weight = v16_exp(v16_load(pr + j) * scale - total);
                    v16_store(pr + j, weight);
                    v16_store(dsr + j, weight * (v16_load(dsr + j) - delta) * scale);
                }
                if (whole < own) {
                    v16 weight = v16_exp(v16_load_part(pr + whole, own - whole, -INFINITY) * scale - total);
                    v16_store_part(pr + whole, weight, own - whole);
                    v16_store_part(dsr + whole, weight * (v16_load_part(dsr + whole, own - whole, 0) - delta) * scale, own - whole);
                }
                memset(pr + own, 0, (size_t)(reach - own) * sizeof(float));
                memset(dsr + own, 0, (size_t)(reach - own) * sizeof(float));
            }
            float *dq0 = dq + i0 * dq_stride + g * width;
            product(rows, width, last, ds, stride, 1, keys, n, dq0, dq_stride, add_q ? dq0 : 0, dq_stride);
            kernel_pack(q0, q_stride, rows, width, 0, q_rows);
            kernel_pack(do0, out_stride, rows, width, 0, dout_rows);
            int first = g == 0 && last == n;
            product(last, width, rows, ds, 1, stride, q_rows, rows, dk, dk_stride, first && !add_k ? 0 : dk, dk_stride);
            product(last, width, rows, p, 1, stride, dout_rows, rows, dv, dv_stride, first && !add_v ? 0 : dv, dv_stride);
        }
}

static long kernel_attend_scratch(long positions) { return TILE_ROWS * score_stride(positions); }

static long kernel_attend_backward_scratch(long n, long width) {
    long columns = (width + CK_PANEL - 1) & ~(CK_PANEL - 1l), block = backward_block(n), stride = score_stride(n);
    return 2 * width * (stride - 16) + columns * n + 2 * block * stride + 2 * columns * block;
}
