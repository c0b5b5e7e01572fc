internal import CZstd

/// Compresses bytes into one zstd frame (RFC 8878), with its length and a checksum.
///
/// What comes out depends on the bytes and the version of libzstd.
package enum ZstdWriter {
  /// `bytes` as one frame, at the level that the `zstd` program has by default.
  package static func frame(_ bytes: Span<UInt8>) -> [UInt8] {
    guard let context = unsafe ZSTD_createCCtx() else {
      preconditionFailure("there is no memory left to compress with")
    }
    defer { unsafe ZSTD_freeCCtx(context) }
    unsafe ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1)
    let bound = ZSTD_compressBound(bytes.count)
    return unsafe [UInt8](unsafeUninitializedCapacity: bound) { output, count in
      let size = unsafe bytes.withUnsafeBytes { input in
        unsafe ZSTD_compress2(
          context, output.baseAddress, output.count, input.baseAddress, input.count)
      }
      precondition(ZSTD_isError(size) == 0, "libzstd refuses only a room that is too small")
      count = size
    }
  }
}
