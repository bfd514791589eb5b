// RMS normalisation of rows, and of heads followed by rotation.

// Σ x·y of one row in a fixed order.
INLINE float dot(const float *x, const float *y, long n) {
    v16 sum = {0};
    long i = 0;
    for (; i + 16 <= n; i += 16) sum += v16_load(x + i) * v16_load(y + i);
    if (i < n) sum += v16_load_part(x + i, n - i, 0) * v16_load_part(y + i, n - i, 0);
    return v16_sum(sum);
}

INLINE float inverse_rms_of(const float *x, long width, float epsilon) {
    return 1.0f / sqrtf(dot(x, x, width) / (float)width + epsilon);
}

static void kernel_rmsnorm(long rows, long width, const float *x, const float *gain, float epsilon, float *y,
                           float *inverse_rms) {
    for (long r = 0; r < rows; r++, x += width, y += width) {
        float scale = inverse_rms[r] = inverse_rms_of(x, width, epsilon);
        long i = 0;
        for (; i + 16 <= width; i += 16) v16_store(y + i, v16_load(x + i) * scale * v16_load(gain + i));
        for (; i < width; i++) y[i] = x[i] * scale * gain[i];
    }
}

// With n = x·scale: dx = scale · (dy·gain − n · mean(dy·gain·n)).
INLINE void rmsnorm_row_backward(long width, const float *x, const float *gain, float scale, const float *dy, float *dx,
                                 float *dgain) {
    v16 sum = {0};
    long i = 0;
    for (; i + 16 <= width; i += 16) sum += v16_load(dy + i) * v16_load(gain + i) * v16_load(x + i);
    if (i < width) sum += v16_load_part(dy + i, width - i, 0) * v16_load_part(gain + i, width - i, 0) * v16_load_part(x + i, width - i, 0);
    float pull = v16_sum(sum) * scale * scale * scale / (float)width;
    for (i = 0; i + 16 <= width; i += 16) {
        v16 g = v16_load(dy + i), in = v16_load(x + i);
        v16_store(dx + i, v16_load(dx + i) + (g * v16_load(gain + i) * scale - in * pull));
        v16_store(dgain + i, v16_load(dgain + i) + g * in * scale);
    }
    for (; i < width; i++) {
        dx[i] += dy[i] * gain[i] * scale - x[i] * pull;
        dgain[i] += dy[i] * x[i] * scale;
    }
}

static void kernel_rmsnorm_backward(long rows, long width, const float *x, const float *gain, const float *inverse_rms,
                                    const float *dy, float *dx, float *dgain) {
    for (long r = 0; r < rows; r++)
        rmsnorm_row_backward(width, x + r * width, gain, inverse_rms[r], dy + r * width, dx + r * width, dgain);
}

static void kernel_norm_rotate(long rows, long heads, long width, const float *x, long x_stride, const float *gain, float epsilon,
                               const int32_t *positions, const float *cosines, const float *sines, float *y, long y_stride,
                               float *inverse_rms) {
    long half = width / 2;
    for (long r = 0; r < rows; r++) {
        const float *c = cosines + positions[r] * half, *s = sines + positions[r] * half;
        for (long h = 0; h < heads; h++) {
            const float *in = x + r * x_stride + h * width;
            float *out = y + r * y_stride + h * width;
            float scale = inverse_rms[r * heads + h] = inverse_rms_of(in, width, epsilon);
            long i = 0;
            for (; i + 16 <= half; i += 16) {
                v16 a = v16_load(in + i) * scale * v16_load(gain + i), b = v16_load(in + half + i) * scale * v16_load(gain + half + i);
                v16 cosine = v16_load(c + i), sine = v16_load(s + i);
                v16_store(out + i, a * cosine - b * sine);
                v16_store(out + half + i, b * cosine + a * sine);
            }
            for (; i < half; i++) {
                float a = in[i] * scale * gain[i], b = in[i + half] * scale * gain[i + half];
                out[i] = a * c[i] - b * s[i];
                out[i + half] = b * c[i] + a * s[i];
            }
        }
    }
}

enum { WIDEST_HEAD = 512 };

static void kernel_norm_rotate_backward(long rows, long heads, long width, const float *x, long x_stride, const float *gain,
                                        const int32_t *positions, const float *cosines, const float *sines,
                                        const float *inverse_rms, const float *dy, long dy_stride, float *dx, long dx_stride,
                                        float *dgain) {
    long half = width / 2;
    float turned[WIDEST_HEAD];
    for (long r = 0; r < rows; r++) {
        const float *c = cosines + positions[r] * half, *s = sines + positions[r] * half;
        for (long h = 0; h < heads; h++) {
            const float *d = dy + r * dy_stride + h * width;
            long i = 0;
            for (; i + 16 <= half; i += 16) {
                v16 a = v16_load(d + i), b = v16_load(d + half + i), cosine = v16_load(c + i), sine = v16_load(s + i);
                v16_store(turned + i, a * cosine + b * sine);
                v16_store(turned + half + i, b * cosine - a * sine);
            }
            for (; i < half; i++) {
                turned[i] = d[i] * c[i] + d[i + half] * s[i];
                turned[i + half] = d[i + half] * c[i] - d[i] * s[i];
            }
            rmsnorm_row_backward(width, x + r * x_stride + h * width, gain, inverse_rms[r * heads + h], turned,
                                 dx + r * dx_stride + h * width, dgain);
        }
    }
}
