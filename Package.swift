// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6), .treatAllWarnings(as: .error), .strictMemorySafety(),
  .enableUpcomingFeature("ExistentialAny"), .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
  .enableUpcomingFeature("InferIsolatedConformances"),
  .enableUpcomingFeature("ImmutableWeakCaptures"),
]

func library(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .testTarget(name: name, dependencies: dependencies, swiftSettings: strict)
}

let package = Package(
  name: "winnow",
  dependencies: [],
  targets: [
    .systemLibrary(
      name: "CLibcrypto", pkgConfig: "libcrypto",
      providers: [.apt(["libssl-dev"]), .brew(["openssl@3"])]),
    .systemLibrary(
      name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),
    library("LedgerCrypto", ["CLibcrypto"]),
    library("SetCommitment", ["LedgerCrypto"]),
    tests("SetCommitmentTests", ["SetCommitment", "LedgerCrypto"]),
    library("Files", ["CZlib"]),
    tests("LedgerCryptoTests", ["LedgerCrypto"]),
    library("CanonicalJSON"),
    tests("CanonicalJSONTests", ["CanonicalJSON"]),
    library("Rows", ["CanonicalJSON", "LedgerCrypto"]),
    tests("RowsTests", ["CanonicalJSON", "LedgerCrypto", "Rows"]),
    library("TransparencyLog", ["LedgerCrypto"]),
    tests("TransparencyLogTests", ["TransparencyLog", "LedgerCrypto"]),
    tests("FilesTests", ["Files"]),
    library("Datasets", ["CanonicalJSON", "Files", "LedgerCrypto", "Rows", "SetCommitment"]),
    library(
      "Provenance", ["CanonicalJSON", "LedgerCrypto", "Rows", "SetCommitment", "TransparencyLog"]),
    tests(
      "DatasetsTests",
      ["CanonicalJSON", "Datasets", "Files", "LedgerCrypto", "Rows", "SetCommitment"]),
  ],
  swiftLanguageModes: [.v6]
)
