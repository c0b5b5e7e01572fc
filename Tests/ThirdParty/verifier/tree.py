"""The log's Merkle tree: RFC 6962 hashes and inclusion proofs."""

from .encoding import sha256


def leaf_hash(entry):
    return sha256(b"\x00", entry)


def node_hash(left, right):
    return sha256(b"\x01", left, right)


def root_of(leaves):
    """The root over leaf hashes, in order."""
    if not leaves:
        return sha256()
    # A peak for each bit of the number of leaves so far, the largest first.
    peaks = []
    for count, leaf in enumerate(leaves):
        while count & 1:
            leaf = node_hash(peaks.pop(), leaf)
            count >>= 1
        peaks.append(leaf)
    root = peaks.pop()
    while peaks:
        root = node_hash(peaks.pop(), root)
    return root


def root_from_inclusion(index, size, leaf, proof):
    """The root that `proof` gives for `leaf` at `index` (RFC 9162 2.1.3.2), or `None`."""
    if index >= size:
        return None
    node, last = index, size - 1
    for hash in proof:
        if last == 0 or len(hash) != 32:
            return None
        if node & 1 or node == last:
            leaf = node_hash(hash, leaf)
            while not node & 1 and node:
                node, last = node >> 1, last >> 1
        else:
            leaf = node_hash(leaf, hash)
        node, last = node >> 1, last >> 1
    return leaf if last == 0 else None
