// Causal grouped-query attention, one query row at a time: the same code for a row of a training batch and for a token being
// sampled, so that both give the same bits. Keys are held transposed, so that sixteen positions are scored at once.

// Two query heads together keep enough independent chains in flight.
INLINE void scores_of(long n, long width, const float *q0, const float *q1, const float *keys_t, long capacity, float scale,
                      float *s0, float *s1) {
    long j = 0;
    for (; j + 32 <= capacity && j < n; j += 32) {
        v16 a0 = {0}, a1 = {0}, b0 = {0}, b1 = {0};
        for (long d = 0; d < width; d++) {
            v16 k0 = v16_load(keys_t + d * capacity + j), k1 = v16_load(keys_t + d * capacity + j + 16);
            a0 += q0[d] * k0, a1 += q0[d] * k1, b0 += q1[d] * k0, b1 += q1[d] * k1;
        }
        v16_store(s0 + j, a0 * scale), v16_store(s0 + j + 16, a1 * scale);
        v16_store(s1 + j, b0 * scale), v16_store(s1 + j + 16, b1 * scale);
    }
    for (; j < n; j += 16) {
        v16 a0 = {0}, b0 = {0};
        for (long d = 0; d < width; d++) {
            v16 k0 = v16_load(keys_t + d * capacity + j);
            a0 += q0[d] * k0, b0 += q1[d] * k0;
        }
        v16_store(s0 + j, a0 * scale), v16_store(s1 + j, b0 * scale);
    }
}

// s := exp(s − max) over the first n, zeros up to the next multiple of 16; returns 1/Σ.
INLINE float exponentials_of(long n, float *s) {
    long whole = n & ~15l;
    v16 top = v16_splat(-INFINITY);
    for (long j = 0; j < whole; j += 16) top = v16_larger(v16_load(s + j), top);
    if (whole < n) top = v16_larger(v16_load_part(s + whole, n - whole, -INFINITY), top);
    float m = v16_largest(top);
    v16 sum = {0};
    for (long j = 0; j < whole; j += 16) {
        v16 e = v16_exp(v16_load(s + j) - m);
        v16_store(s + j, e);
        sum += e;
    }
    if (whole < n) {
        v16 e = v16_exp(v16_load_part(s + whole, n - whole, -INFINITY) - m);
        v16_store(s + whole, e);
        sum += e;
    }
    return 1.0f / v16_sum(sum);
}

// output = Σ_j weight_j · value_j, even and odd positions in chains of their own.
INLINE void weighted_values(long n, long width, const float *weights, const float *values, long stride, float factor,
                            float *output) {
    long d = 0;
    for (; d + 32 <= width; d += 32) {
        v16 a0 = {0}, a1 = {0}, b0 = {0}, b1 = {0};
        long j = 0;
        for (; j + 2 <= n; j += 2) {
            const float *x = values + j * stride + d, *y = x + stride;
            a0 += weights[j] * v16_load(x), a1 += weights[j] * v16_load(x + 16);
            b0 += weights[j + 1] * v16_load(y), b1 += weights[j + 1] * v16_load(y + 16);
        }
        if (j < n) {
            const float *x = values + j * stride + d;
            a0 += weights[j] * v16_load(x), a1 += weights[j] * v16_load(x + 16);
        }
        v16_store(output + d, (a0 + b0) * factor), v16_store(output + d + 16, (a1 + b1) * factor);
    }
    for (; d < width; d += 16) {
        long part = width - d < 16 ? width - d : 16;
        v16 a = {0};
        for (long j = 0; j < n; j++) a += weights[j] * (part == 16 ? v16_load(values + j * stride + d) : v16_load_part(values + j * stride + d, part, 0));
        if (part == 16) v16_store(output + d, a * factor);
        else v16_store_part(output + d, a * factor, part);
    }
}

static void kernel_attend(long n, long group, long width, const float *query, const float *keys_t, long capacity,
                          const float *values, long value_stride, float scale, float *output, float *scratch) {
    for (long g = 0; g < group; g += 2) {
        long other = g + 1 < group ? g + 1 : g;
        float *s0 = scratch + g * capacity, *s1 = scratch + other * capacity;
        scores_of(n, width, query + g * width, query + other * width, keys_t, capacity, scale, s0, s1);
        float f0 = exponentials_of(n, s0);
        weighted_values(n, width, s0, values, value_stride, f0, output + g * width);
        if (other == g) break;
        float f1 = exponentials_of(n, s1);
        weighted_values(n, width, s1, values, value_stride, f1, output + other * width);
    }
}

static void kernel_transpose_into(long rows, long width, const float *x, long x_stride, float *out, long capacity, long start) {
    for (long r0 = 0; r0 < rows; r0 += 16) {
        long r1 = r0 + 16 < rows ? r0 + 16 : rows;
        for (long d = 0; d < width; d++)
            for (long r = r0; r < r1; r++) out[d * capacity + start + r] = x[r * x_stride + d];
    }
}

// For row i: P_j again, dP_j = dout·v_j, dS_j = P_j (dP_j − dout·out), dq = Σ dS_j k_j, dk_j += dS_j q, dv_j += P_j dout.
static void kernel_attend_backward(long n, long group, long width, const float *q, const float *k, const float *v,
                                   const float *out, const float *dout, long q_stride, long k_stride, long v_stride, long out_stride,
                                   float scale, float *dq, float *dk, float *dv, long dq_stride, long dk_stride, long dv_stride,
                                   float *scratch) {
    long capacity = (n + 15) & ~15l;
    float *keys_t = scratch, *values_t = keys_t + width * capacity, *p = values_t + width * capacity, *ds = p + capacity;
    memset(scratch, 0, (size_t)(2 * width * capacity) * sizeof(float));
    kernel_transpose_into(n, width, k, k_stride, keys_t, capacity, 0);
    kernel_transpose_into(n, width, v, v_stride, values_t, capacity, 0);
    for (long g = 0; g < group; g++)
        for (long i = 0; i < n; i++) {
            const float *qi = q + i * q_stride + g * width, *doi = dout + i * out_stride + g * width;
            float *dqi = dq + i * dq_stride + g * width;
            long m = i + 1;
            for (long j = 0; j < m; j += 16) {
                v16 s = {0}, dp = {0};
                for (long d = 0; d < width; d++) {
                    s += qi[d] * v16_load(keys_t + d * capacity + j);
                    dp += doi[d] * v16_load(values_t + d * capacity + j);
                }
                v16_store(p + j, s * scale);
                v16_store(ds + j, dp);
            }
            float factor = exponentials_of(m, p);
            float delta = dot(doi, out + i * out_stride + g * width, width);
            for (long j = 0; j < m; j += 16) {
                v16 weight = v16_load(p + j) * factor;
                v16_store(p + j, weight);
                v16_store(ds + j, weight * (v16_load(ds + j) - delta) * scale);
            }
            if (width == 32) {
                v16 q0 = v16_load(qi), q1 = v16_load(qi + 16), o0 = v16_load(doi), o1 = v16_load(doi + 16);
                v16 d0 = v16_load(dqi), d1 = v16_load(dqi + 16);
                for (long j = 0; j < m; j++) {
                    const float *kj = k + j * k_stride;
                    float *dkj = dk + j * dk_stride, *dvj = dv + j * dv_stride;
                    d0 += ds[j] * v16_load(kj), d1 += ds[j] * v16_load(kj + 16);
                    v16_store(dkj, v16_load(dkj) + ds[j] * q0), v16_store(dkj + 16, v16_load(dkj + 16) + ds[j] * q1);
                    v16_store(dvj, v16_load(dvj) + p[j] * o0), v16_store(dvj + 16, v16_load(dvj + 16) + p[j] * o1);
                }
                v16_store(dqi, d0), v16_store(dqi + 16, d1);
            } else {
                for (long j = 0; j < m; j++) {
                    const float *kj = k + j * k_stride;
                    float *dkj = dk + j * dk_stride, *dvj = dv + j * dv_stride;
                    for (long d = 0; d < width; d++) {
                        dqi[d] += ds[j] * kj[d];
                        dkj[d] += ds[j] * qi[d];
                        dvj[d] += p[j] * doi[d];
                    }
                }
            }
        }
}
