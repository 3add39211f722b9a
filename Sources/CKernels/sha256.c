// SHA-256 by the processor's own instructions, where it has them.
//
// Reference: NIST (2015), FIPS 180-4, section 6.2.2; Gulley et al. (2013), "Intel SHA Extensions".
#include "CKernels.h"

#if defined(__x86_64__)
#include <cpuid.h>
#include <immintrin.h>

// The first 32 bits of the fractions of the cube roots of the first 64 primes.
static const uint32_t round_constants[64] __attribute__((aligned(16))) = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
};

static int has_sha(void) {
  static int known = -1;
  if (known < 0) {
    unsigned a, b, c, d;
    int has = __get_cpuid_count(7, 0, &a, &b, &c, &d) && (b >> 29 & 1);
    __builtin_cpu_init();
    known = has && __builtin_cpu_supports("ssse3") && __builtin_cpu_supports("sse4.1");
  }
  return known;
}

__attribute__((target("sha,ssse3,sse4.1"))) static void compress(
    uint32_t *state, const uint8_t *bytes, long blocks) {
  const __m128i big_endian = _mm_set_epi64x(0x0c0d0e0f08090a0bLL, 0x0405060700010203LL);
  // The instructions keep the eight variables as (a, b, e, f) and (c, d, g, h).
  __m128i abcd = _mm_shuffle_epi32(_mm_loadu_si128((const __m128i *)state), 0xB1);
  __m128i efgh = _mm_shuffle_epi32(_mm_loadu_si128((const __m128i *)(state + 4)), 0x1B);
  __m128i abef = _mm_alignr_epi8(abcd, efgh, 8);
  __m128i cdgh = _mm_blend_epi16(efgh, abcd, 0xF0);

  for (; blocks > 0; blocks--, bytes += 64) {
    const __m128i abef_before = abef, cdgh_before = cdgh;
    __m128i w[4];
#pragma clang loop unroll(full)
    for (int group = 0; group < 16; group++) {
      __m128i *own = w + group % 4;
      if (group < 4) {
        *own = _mm_shuffle_epi8(
            _mm_loadu_si128((const __m128i *)(bytes + 16 * group)), big_endian);
      } else {
        const __m128i last = w[(group + 3) % 4];
        const __m128i seventh = _mm_alignr_epi8(last, w[(group + 2) % 4], 4);
        *own = _mm_sha256msg2_epu32(
            _mm_add_epi32(_mm_sha256msg1_epu32(*own, w[(group + 1) % 4]), seventh), last);
      }
      const __m128i k = _mm_load_si128((const __m128i *)(round_constants + 4 * group));
      const __m128i message = _mm_add_epi32(*own, k);
      cdgh = _mm_sha256rnds2_epu32(cdgh, abef, message);
      abef = _mm_sha256rnds2_epu32(abef, cdgh, _mm_shuffle_epi32(message, 0x0E));
    }
    abef = _mm_add_epi32(abef, abef_before);
    cdgh = _mm_add_epi32(cdgh, cdgh_before);
  }

  const __m128i feba = _mm_shuffle_epi32(abef, 0x1B);
  const __m128i dchg = _mm_shuffle_epi32(cdgh, 0xB1);
  _mm_storeu_si128((__m128i *)state, _mm_blend_epi16(feba, dchg, 0xF0));
  _mm_storeu_si128((__m128i *)(state + 4), _mm_alignr_epi8(dchg, feba, 8));
}

int holdfast_sha256_compress(uint32_t *state, const uint8_t *bytes, long blocks) {
  if (!has_sha()) return 0;
  compress(state, bytes, blocks);
  return 1;
}
#else
int holdfast_sha256_compress(uint32_t *state, const uint8_t *bytes, long blocks) { return 0; }
#endif
