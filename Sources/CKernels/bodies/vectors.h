// Sixteen-float vectors that every instruction set lowers to what it has, and exp.

typedef float v16 __attribute__((vector_size(64), aligned(4)));
typedef int32_t i16 __attribute__((vector_size(64), aligned(4)));
#define INLINE static inline __attribute__((always_inline))

INLINE v16 v16_splat(float a) { return a - (v16){0}; }
INLINE v16 v16_load(const float *p) { return *(const v16 *)p; }
INLINE void v16_store(float *p, v16 x) { *(v16 *)p = x; }

// The first n < 16 floats, the rest filled.
INLINE v16 v16_load_part(const float *p, long n, float fill) {
    v16 x = v16_splat(fill);
    memcpy(&x, p, (size_t)n * sizeof(float));
    return x;
}
INLINE void v16_store_part(float *p, v16 x, long n) { memcpy(p, &x, (size_t)n * sizeof(float)); }

// Fixed order: halves are folded onto each other.
INLINE float v16_sum(v16 x) {
    float a[16], b[8], c[4];
    memcpy(a, &x, sizeof a);
    for (int i = 0; i < 8; i++) b[i] = a[i] + a[i + 8];
    for (int i = 0; i < 4; i++) c[i] = b[i] + b[i + 4];
    return (c[0] + c[2]) + (c[1] + c[3]);
}
INLINE float v16_largest(v16 x) {
    float a[16];
    memcpy(a, &x, sizeof a);
    float m = a[0];
    for (int i = 1; i < 16; i++) m = a[i] > m ? a[i] : m;
    return m;
}
INLINE v16 v16_select(i16 mask, v16 a, v16 b) { return (v16)(((i16)a & mask) | ((i16)b & ~mask)); }
INLINE v16 v16_larger(v16 a, v16 b) { return v16_select(a > b, a, b); }

// exp to about 1 unit in the last place on [-87, 88]; 0 below (also for −inf), clamped above; NaN gives NaN.
INLINE v16 v16_exp(v16 x) {
    const float log2e = 1.44269504088896341f, high = 0.693359375f, low = -2.12194440e-4f, magic = 12582912.0f;
    i16 tiny = x < v16_splat(-87.33654f);
    v16 y = v16_select(x > v16_splat(88.3762f), v16_splat(88.3762f), x);
    y = v16_select(tiny, v16_splat(0), y);
    v16 k = (y * log2e + magic) - magic;
    v16 r = y - k * high;
    r = r - k * low;
    v16 p = v16_splat(1.9875691500e-4f);
    p = p * r + 1.3981999507e-3f;
    p = p * r + 8.3334519073e-3f;
    p = p * r + 4.1665795894e-2f;
    p = p * r + 1.6666665459e-1f;
    p = p * r + 5.0000001201e-1f;
    p = p * (r * r) + r + 1.0f;
    // A NaN must not reach the conversion to integers, which is undefined for it.
    i16 number = x == x;
    i16 power = (__builtin_convertvector(v16_select(number, k, v16_splat(0)), i16) + 127) << 23;
    v16 result = v16_select(tiny, v16_splat(0), p * (v16)power);
    return v16_select(number, result, x);
}
