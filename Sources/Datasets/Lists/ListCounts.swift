/// What a list's file had in it, beside its hashes.
package struct ListCounts: Hashable, Sendable {
  /// Entries, whatever is in them: those that count, and all that are counted below but `disputed`.
  package var read: UInt64 = 0
  /// Entries whose hash had come before.
  package var repeated: UInt64 = 0
  /// Entries without a hash of the list's algorithm.
  package var withoutHash: UInt64 = 0
  /// Hashes of an empty file, or all zeros: they would match whatever went wrong elsewhere.
  package var ofNothing: UInt64 = 0
  /// Perceptual hashes whose quality is below ``leastQuality``: they are near to everything.
  package var belowQuality: UInt64 = 0
  /// Entries that say that one was deleted.
  package var deleted: UInt64 = 0
  /// Entries that members of the issuer dispute; they count all the same.
  package var disputed: UInt64 = 0
  /// Lines that are comments.
  package var comments: UInt64 = 0
  /// Lines that name columns.
  package var headers: UInt64 = 0

  package init() {}

  /// The least quality, of 0 to 100, of a perceptual hash that is worth comparing.
  package static let leastQuality = 50
}
