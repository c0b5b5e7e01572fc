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

func tests(
  _ name: String, _ dependencies: [Target.Dependency], exclude: [String] = []
) -> Target {
  .testTarget(name: name, dependencies: dependencies, exclude: exclude, swiftSettings: strict)
}

let package = Package(
  name: "winnow",
  dependencies: [
    .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
  ],
  targets: [
    .systemLibrary(
      name: "CLibcrypto", pkgConfig: "libcrypto",
      providers: [.apt(["libssl-dev"]), .brew(["openssl@3"])]),
    .systemLibrary(
      name: "CIsal", pkgConfig: "libisal", providers: [.apt(["libisal-dev"]), .brew(["isa-l"])]),
    .systemLibrary(
      name: "CExpat", pkgConfig: "expat", providers: [.apt(["libexpat1-dev"]), .brew(["expat"])]),
    .systemLibrary(
      name: "CZstd", pkgConfig: "libzstd", providers: [.apt(["libzstd-dev"]), .brew(["zstd"])]),
    library("LedgerCrypto", ["CLibcrypto"]),
    library("CanonicalJSON"),
    library("TransparencyLog", ["LedgerCrypto"]),
    library("SetCommitment", ["LedgerCrypto"]),
    library("Rows", ["CanonicalJSON", "LedgerCrypto"]),
    library(
      "Provenance", ["CanonicalJSON", "LedgerCrypto", "Rows", "SetCommitment", "TransparencyLog"]),
    library("Files", ["CExpat", "CIsal", "CZstd"]),
    library("Datasets", ["CanonicalJSON", "Files", "LedgerCrypto", "Rows", "SetCommitment"]),
    library(
      "LedgerStore",
      [
        "CanonicalJSON", "Files", "LedgerCrypto", "Provenance", "TransparencyLog",
        .product(name: "GRDB", package: "GRDB.swift"),
      ]),
    library(
      "Workflows",
      [
        "CanonicalJSON", "Datasets", "Files", "LedgerCrypto", "LedgerStore", "Provenance", "Rows",
        "SetCommitment", "TransparencyLog",
      ]),
    .executableTarget(
      name: "winnow",
      dependencies: [
        "CanonicalJSON", "Datasets", "Files", "LedgerCrypto", "LedgerStore", "Provenance", "Rows",
        "TransparencyLog", "Workflows",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ], swiftSettings: strict),

    .executableTarget(
      name: "winnow-bench",
      dependencies: [
        "CLibcrypto", "Datasets", "Files", "LedgerCrypto", "LedgerStore", "Provenance", "Rows",
        "SetCommitment", "TransparencyLog", "Workflows",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "GRDBSQLite", package: "GRDB.swift"),
      ], swiftSettings: strict),

    .target(
      name: "TestSupport",
      dependencies: [
        "CanonicalJSON", "LedgerCrypto", "Provenance", "Rows", "SetCommitment", "TransparencyLog",
      ],
      path: "Tests/TestSupport", exclude: ["README.md"], swiftSettings: strict),
    tests("LedgerCryptoTests", ["Files", "LedgerCrypto", "TestSupport"]),
    tests("CanonicalJSONTests", ["CanonicalJSON", "TestSupport"]),
    tests("TransparencyLogTests", ["TransparencyLog", "LedgerCrypto", "TestSupport"]),
    tests("SetCommitmentTests", ["SetCommitment", "LedgerCrypto", "TestSupport"]),
    tests("RowsTests", ["CanonicalJSON", "LedgerCrypto", "Rows", "TestSupport"]),
    tests(
      "ProvenanceTests",
      [
        "CanonicalJSON", "LedgerCrypto", "Provenance", "Rows", "SetCommitment", "TestSupport",
        "TransparencyLog",
      ], exclude: ["Golden"]),
    tests("FilesTests", ["Files"]),
    tests(
      "LedgerStoreTests",
      [
        "CanonicalJSON", "Files", "LedgerCrypto", "LedgerStore", "Provenance", "TestSupport",
        "TransparencyLog", .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "GRDBSQLite", package: "GRDB.swift"),
      ]),
    tests(
      "WorkflowsTests",
      [
        "CanonicalJSON", "Datasets", "Files", "LedgerCrypto", "LedgerStore", "Provenance", "Rows",
        "SetCommitment", "TestSupport", "Workflows",
      ]),
    tests(
      "DatasetsTests",
      [
        "CanonicalJSON", "Datasets", "Files", "LedgerCrypto", "Rows", "SetCommitment",
        "TestSupport",
      ], exclude: ["Parquet"]),
    tests(
      "CommandLineTests",
      [
        "CanonicalJSON", "LedgerCrypto", "LedgerStore", "Provenance", "TestSupport",
        "TransparencyLog", "Workflows", "winnow", "winnow-bench",
        .product(name: "GRDB", package: "GRDB.swift"),
      ], exclude: ["Transcripts"]),
  ],
  swiftLanguageModes: [.v6]
)
