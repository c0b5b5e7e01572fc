import LedgerCrypto
import TestSupport
import Testing
import TransparencyLog

private struct InclusionVector: Decodable {
  let leafIdx: UInt64
  let treeSize: UInt64
  let root: String?
  let leafHash: String?
  let proof: [String]?
  let wantErr: Bool

  var passes: Bool {
    let hashes = (proof ?? []).compactMap(vectorHash)
    guard let root = vectorHash(root), let leafHash = vectorHash(leafHash),
      hashes.count == (proof ?? []).count, let size = TreeSize(treeSize)
    else { return false }
    do {
      try InclusionProof(hashes: hashes)
        .verify(leafHash: leafHash, index: leafIdx, size: size, root: root)
      return true
    } catch {
      return false
    }
  }
}

private struct ConsistencyVector: Decodable {
  let size1: UInt64
  let size2: UInt64
  let root1: String?
  let root2: String?
  let proof: [String]?
  let wantErr: Bool

  var passes: Bool {
    let hashes = (proof ?? []).compactMap(vectorHash)
    guard let root1 = vectorHash(root1), let root2 = vectorHash(root2),
      hashes.count == (proof ?? []).count, let size1 = TreeSize(size1), let size2 = TreeSize(size2)
    else { return false }
    do {
      try ConsistencyProof(hashes: hashes)
        .verify(
          from: TreeHead(size: size1, root: root1), to: TreeHead(size: size2, root: root2))
      return true
    } catch {
      return false
    }
  }
}

@Suite(
  .enabled(if: OutsideData.isExpected("vectors/merkle"), "\(OutsideData.absence)")
)
struct `Proofs of transparency-dev` {
  @Test func `of inclusion pass and fail as they should`() throws {
    let vectors = try OutsideData.json(
      InclusionVector.self, in: "vectors/merkle/testdata/inclusion")
    #expect(vectors.count == 98)
    for vector in vectors {
      #expect(vector.value.passes == !vector.value.wantErr, "\(vector.path)")
    }
    #expect(vectors.contains { $0.value.passes })
  }

  @Test func `of consistency pass and fail as they should`() throws {
    let vectors = try OutsideData.json(
      ConsistencyVector.self, in: "vectors/merkle/testdata/consistency")
    #expect(vectors.count == 98)
    for vector in vectors where !vector.path.hasSuffix(Self.shortRoots) {
      #expect(vector.value.passes == !vector.value.wantErr, "\(vector.path)")
    }
    #expect(vectors.contains { $0.value.passes })
    // Its equal roots have 12 bytes: a verifier that takes any length passes it.
    let short = try #require(vectors.first { $0.path.hasSuffix(Self.shortRoots) })
    #expect(!short.value.wantErr && !short.value.passes)
  }

  private static let shortRoots = "additional/sizes-are-equal-one-and-proof-is-empty.json"
}
