#pragma once

#include <zlib.h>

// Macros that Swift does not import. 31 = a window of 32 KiB (15) in gzip framing (16) only.
static inline int winnow_inflate_init(z_stream *stream) { return inflateInit2(stream, 31); }
static inline int winnow_deflate_init(z_stream *stream, int level) {
  return deflateInit2(stream, level, Z_DEFLATED, 31, 8, Z_DEFAULT_STRATEGY);
}
