#pragma once

#include <isa-l/igzip_lib.h>
#include <stddef.h>

// The states hold arrays that Swift does not import; their pieces are moved here.

static inline size_t winnow_inflate_size(void) { return sizeof(struct inflate_state); }

static inline void winnow_inflate_start(struct inflate_state *state) {
  isal_inflate_init(state);
  state->crc_flag = ISAL_GZIP;
}

static inline void winnow_inflate_again(struct inflate_state *state) {
  isal_inflate_reset(state);
  state->crc_flag = ISAL_GZIP;
}

// Inflates from `in` to `out`; the counts become what was not used. Gives 1 when the member has ended,
// 0 when more is wanted, and less for a member that is damaged.
static inline int winnow_inflate(struct inflate_state *state, uint8_t *in, uint32_t *available,
                                 uint8_t *out, uint32_t *room) {
  state->next_in = in;
  state->avail_in = *available;
  state->next_out = out;
  state->avail_out = *room;
  int result = isal_inflate(state);
  *available = state->avail_in;
  *room = state->avail_out;
  if (result < 0) return result;
  return state->block_state == ISAL_BLOCK_FINISH;
}

static inline size_t winnow_deflate_size(void) {
  return sizeof(struct isal_zstream) + ISAL_DEF_LVL1_DEFAULT;
}

// `memory` has winnow_deflate_size() bytes.
static inline void winnow_deflate_start(void *memory) {
  struct isal_zstream *stream = (struct isal_zstream *)memory;
  isal_deflate_init(stream);
  stream->gzip_flag = IGZIP_GZIP;
  stream->level = 1;
  stream->level_buf = (uint8_t *)memory + sizeof(struct isal_zstream);
  stream->level_buf_size = ISAL_DEF_LVL1_DEFAULT;
}

// Deflates from `in` to `out`; the counts become what was not used. Gives 1 when the member has ended,
// 0 when more is wanted.
static inline int winnow_deflate(void *memory, uint8_t *in, uint32_t *available, int is_last,
                                 uint8_t *out, uint32_t *room) {
  struct isal_zstream *stream = (struct isal_zstream *)memory;
  stream->next_in = in;
  stream->avail_in = *available;
  stream->end_of_stream = is_last;
  stream->flush = NO_FLUSH;
  stream->next_out = out;
  stream->avail_out = *room;
  int result = isal_deflate(stream);
  *available = stream->avail_in;
  *room = stream->avail_out;
  if (result != COMP_OK) return -1;
  return stream->internal_state.state == ZSTATE_END;
}
