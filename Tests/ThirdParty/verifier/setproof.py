"""The commitment to a set of keys: witnesses, lookups and transitions."""

from .encoding import sha256
from .verdict import Failed, require

ZEROS = bytes(32)
MAXIMUM_ROWS = 2**64 - 1


def u64(n):
    return n.to_bytes(8, "big")


def bit_of(key, bit):
    return key[bit >> 3] >> (7 - (bit & 7)) & 1


def cut(key, bit):
    """The first `bit` bits of `key`, the rest zero."""
    keep = (1 << 256) - (1 << (256 - bit))
    return (int.from_bytes(key, "big") & keep).to_bytes(32, "big")


def first_difference(a, b):
    difference = int.from_bytes(a, "big") ^ int.from_bytes(b, "big")
    return 256 - difference.bit_length()


class Empty:
    rows = 0
    hash = sha256(b"\x12")


class Leaf:
    def __init__(self, key, n, value):
        self.key, self.rows, self.value = key, n, value

    @property
    def hash(self):
        return sha256(b"\x10", self.key, u64(self.rows), self.value)


class Opaque:
    def __init__(self, rows, hash):
        self.rows, self.hash = rows, hash


class Node:
    def __init__(self, bit, prefix, left, right):
        self.bit, self.prefix, self.left, self.right = bit, prefix, left, right
        self.rows = left.rows + right.rows
        require(self.rows <= MAXIMUM_ROWS, "the witness counts more rows than 2^64 - 1")

    @property
    def hash(self):
        head = b"\x11" + bytes([self.bit]) + self.prefix
        return sha256(
            head, u64(self.left.rows), u64(self.right.rows), self.left.hash, self.right.hash
        )


def root(top, is_release=True):
    return sha256(b"\x13" if is_release else b"\x14", u64(top.rows), top.hash)


def root_of_keys(keys):
    """The root of an entry set over ascending, distinct keys."""

    def build(low, high):
        if high - low == 1:
            return Leaf(keys[low], 1, ZEROS)
        bit = first_difference(keys[low], keys[high - 1])
        middle = next(i for i in range(low, high) if bit_of(keys[i], bit))
        return Node(bit, cut(keys[low], bit), build(low, middle), build(middle, high))

    return root(build(0, len(keys)) if keys else Empty(), is_release=False)


def decode(data, is_release=True):
    """The pruned tree that a witness spells."""
    position = 0

    def take(count):
        nonlocal position
        require(position + count <= len(data), "the witness ends too early")
        position += count
        return data[position - count : position]

    def fits(prefix, bit, above):
        # `above`: the node above and the side; the first bits are its prefix, then the side.
        if above is None:
            return True
        above_bit, above_prefix, side = above
        return (
            bit > above_bit
            and cut(prefix, above_bit) == above_prefix
            and bit_of(prefix, above_bit) == side
        )

    def part(above):
        tag = take(1)[0]
        if tag == 0:
            require(above is None, "a witness has an empty set below a node")
            return Empty()
        if tag == 1:
            key, n, value = take(32), int.from_bytes(take(8), "big"), take(32)
            require(n > 0, "a leaf of the witness has no rows")
            if is_release:
                require(value != ZEROS, "a leaf of a release has a digest of zeros")
            else:
                require(n == 1 and value == ZEROS, "a leaf of an entry set has rows of its own")
            require(fits(key, 256, above), "a leaf lies where its key does not belong")
            return Leaf(key, n, value)
        if tag == 2:
            bit = take(1)[0]
            prefix = take((bit + 7) // 8).ljust(32, b"\0")
            require(cut(prefix, bit) == prefix, "a prefix has bits past its length")
            require(fits(prefix, bit, above), "a node lies where its prefix does not belong")
            left = part((bit, prefix, 0))
            return Node(bit, prefix, left, part((bit, prefix, 1)))
        require(tag == 3, "the witness has an unknown tag")
        rows = int.from_bytes(take(8), "big")
        require(rows > 0, "an opaque part of the witness has no rows")
        return Opaque(rows, take(32))

    top = part(None)
    require(position == len(data), "bytes follow the witness")
    return top


def lookup(top, key):
    """The leaf of `key`, or `None` when the tree shows that there is none."""
    while isinstance(top, Node):
        if cut(key, top.bit) != top.prefix:
            return None
        top = top.right if bit_of(key, top.bit) else top.left
    require(not isinstance(top, Opaque), "the witness does not decide about the key")
    return top if isinstance(top, Leaf) and top.key == key else None


def _remove(top, keys):
    """The tree without `keys` (`None`: nothing is left) and the rows that went."""
    if not keys:
        return top, 0
    if isinstance(top, Leaf):
        require(keys == [top.key], "a removed key is not in the parent")
        return None, top.rows
    require(isinstance(top, Node), "the witness does not decide about a removed key")
    require(all(cut(k, top.bit) == top.prefix for k in keys), "a removed key is not in the parent")
    left, rows_left = _remove(top.left, [k for k in keys if not bit_of(k, top.bit)])
    right, rows_right = _remove(top.right, [k for k in keys if bit_of(k, top.bit)])
    rows = rows_left + rows_right
    if left is not None and right is not None:
        return Node(top.bit, top.prefix, left, right), rows
    rest = right if left is None else left
    require(not isinstance(rest, Opaque), "a part that moves up is not opened")
    return rest, rows


def _change(top, key, n, value):
    if isinstance(top, Node):
        require(cut(key, top.bit) == top.prefix, "a changed key is not in the parent")
        if bit_of(key, top.bit):
            right, before = _change(top.right, key, n, value)
            return Node(top.bit, top.prefix, top.left, right), before
        left, before = _change(top.left, key, n, value)
        return Node(top.bit, top.prefix, left, top.right), before
    require(isinstance(top, Leaf) and top.key == key, "a changed key is not in the parent")
    require((top.rows, top.value) != (n, value), "a changed key keeps its value")
    return Leaf(key, n, value), top.rows


def _insert(top, key, n, value):
    new = Leaf(key, n, value)
    if isinstance(top, Empty):
        return new
    require(not isinstance(top, Opaque), "the witness does not decide about an added key")
    if isinstance(top, Node) and cut(key, top.bit) == top.prefix:
        if bit_of(key, top.bit):
            return Node(top.bit, top.prefix, top.left, _insert(top.right, key, n, value))
        return Node(top.bit, top.prefix, _insert(top.left, key, n, value), top.right)
    there = top.key if isinstance(top, Leaf) else top.prefix
    require(there != key or isinstance(top, Node), "an added key is in the parent")
    bit = first_difference(there, key)
    pair = (top, new) if bit_of(key, bit) else (new, top)
    return Node(bit, cut(key, bit), *pair)


class Transition:
    """What changes between two releases, and the sums over it."""

    def __init__(self, removed, changed, added):
        self.removed, self.changed, self.added = removed, changed, added
        lists = [removed, [c[0] for c in changed], [a[0] for a in added]]
        for keys in lists:
            require(all(a < b for a, b in zip(keys, keys[1:])), "a list does not ascend")
        named = [key for keys in lists for key in keys]
        require(len(set(named)) == len(named), "a key is named twice")
        for _, n, value in changed + added:
            require(1 <= n <= MAXIMUM_ROWS and value != ZEROS, "a listed key has no rows")
        self.removed_rows = self.rows_before = 0
        self.rows_after = sum(n for _, n, _ in changed)
        self.added_rows = sum(n for _, n, _ in added)

    def apply(self, top):
        """The tree after the transition; also fills in the sums that the witness shows."""
        if self.removed:
            require(not isinstance(top, Empty), "a removed key is not in the parent")
            rest, self.removed_rows = _remove(top, self.removed)
            top = Empty() if rest is None else rest
        for key, n, value in self.changed:
            top, before = _change(top, key, n, value)
            self.rows_before += before
        for key, n, value in self.added:
            top = _insert(top, key, n, value)
        return top


def decode_lists(data):
    """The lists of a transition as a bundle carries them."""
    magic = b"winnow-transition1\n"
    require(data.startswith(magic), "the lists do not start as they must")
    position = len(magic)

    def records(width):
        nonlocal position
        require(position + 8 <= len(data), "the lists end too early")
        count = int.from_bytes(data[position : position + 8], "big")
        start = position + 8
        require(count <= (len(data) - start) // width, "the lists end too early")
        position = start + count * width
        return [data[i : i + width] for i in range(start, position, width)]

    def leaf(record):
        return record[:32], int.from_bytes(record[32:40], "big"), record[40:]

    removed = records(32)
    changed = [leaf(r) for r in records(72)]
    added = [leaf(r) for r in records(72)]
    require(position == len(data), "bytes follow the lists")
    return Transition(removed, changed, added)


__all__ = [
    "Failed", "Transition", "decode", "decode_lists", "lookup", "root", "root_of_keys",
]
