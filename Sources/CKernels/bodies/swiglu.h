// silu(gate) · up, where silu(g) = g / (1 + exp(−g)).

static void kernel_swiglu(long rows, long width, const float *x, float *y) {
    for (long r = 0; r < rows; r++, x += 2 * width, y += width) {
        long i = 0;
        for (; i + 16 <= width; i += 16) {
            v16 g = v16_load(x + i);
            v16_store(y + i, g / (1.0f + v16_exp(-g)) * v16_load(x + width + i));
        }
        if (i < width) {
            v16 g = v16_load_part(x + i, width - i, 0);
            v16_store_part(y + i, g / (1.0f + v16_exp(-g)) * v16_load_part(x + width + i, width - i, 0), width - i);
        }
    }
}

static void kernel_swiglu_backward(long rows, long width, const float *x, const float *dy, float *dx, int accumulate) {
    for (long r = 0; r < rows; r++, x += 2 * width, dx += 2 * width, dy += width) {
        for (long i = 0; i < width; i += 16) {
            long n = width - i < 16 ? width - i : 16;
            int whole = n == 16;
            v16 g = whole ? v16_load(x + i) : v16_load_part(x + i, n, 0);
            v16 u = whole ? v16_load(x + width + i) : v16_load_part(x + width + i, n, 0);
            v16 d = whole ? v16_load(dy + i) : v16_load_part(dy + i, n, 0);
            v16 sigmoid = 1.0f / (1.0f + v16_exp(-g));
            v16 silu = g * sigmoid;
            v16 dg = d * u * (sigmoid + silu * (1.0f - sigmoid)), du = d * silu;
            if (accumulate) {
                dg += whole ? v16_load(dx + i) : v16_load_part(dx + i, n, 0);
                du += whole ? v16_load(dx + width + i) : v16_load_part(dx + width + i, n, 0);
            }
            if (whole) {
                v16_store(dx + i, dg);
                v16_store(dx + width + i, du);
            } else {
                v16_store_part(dx + i, dg, n);
                v16_store_part(dx + width + i, du, n);
            }
        }
    }
}
