"""Bundles: reading the lines."""

from . import jcs, schema
from .encoding import sha256, unbase64
from .verdict import Failed, require

MAXIMUM_LINE = 64 << 20
ORDER = ["header", "checkpoint", "entry", "attachment", "claim"]


class Bundle:
    """The lines of a bundle in their order, read strictly; nothing is verified."""

    def __init__(self, path):
        self.path = path
        self.entries, self.attachments, self.claims = {}, {}, []
        self.proofs, self.checkpoint, self.origin, self.genesis = {}, None, None, None
        self._last, self._last_digest = -1, ""
        with open(path, "rb") as file:
            data = file.read()
        require(data, "the bundle is empty")
        require(data.endswith(b"\n"), "the bundle's last line has no end")
        place = -1
        for number, line in enumerate(data[:-1].split(b"\n"), 1):
            try:
                place = self._take(line, place)
            except Failed as failed:
                raise Failed(f"line {number}: {failed}") from None
        require(self.checkpoint is not None, "the bundle has no checkpoint")
        require(
            not self.entries or self.is_complete == (not self.proofs),
            "inclusion proofs are for every entry, or under the claim `complete` for none",
        )

    @property
    def is_complete(self):
        return any(claim["type"] == "complete" for claim in self.claims)

    def _take(self, line, place):
        require(len(line) <= MAXIMUM_LINE, "longer than 64 MiB")
        value = jcs.parse_canonical(line)
        schema.validate(value, "bundle.schema.json")
        type = "header" if "winnow" in value else next(iter(value))
        next_place = ORDER.index(type)
        require(
            next_place == place + 1 if place < 1 else next_place >= max(place, 2),
            "it does not belong there",
        )
        getattr(self, "_take_" + type)(value if type == "header" else value[type])
        return next_place

    def _take_header(self, value):
        self.origin, self.genesis = value["origin"], value["genesis"]

    def _take_checkpoint(self, value):
        self.checkpoint = value

    def _take_entry(self, value):
        sequence = value["sequence"]
        require(self._last < sequence, "the entries do not ascend")
        self._last = sequence
        if self.entries:
            require(bool(self.proofs) == ("inclusion" in value), "only some have inclusion proofs")
        self.entries[sequence] = unbase64(value["bytes"])
        if "inclusion" in value:
            self.proofs[sequence] = [unbase64(hash) for hash in value["inclusion"]]

    def _take_attachment(self, value):
        digest = value["sha256"]
        require(self._last_digest < digest, "the attachments do not ascend")
        self._last_digest = digest
        data = None
        if "bytes" in value:
            data = unbase64(value["bytes"])
            check_blob(data, value)
        self.attachments[digest] = (value["size"], data)

    def _take_claim(self, value):
        self.claims.append(value)

    def names(self, reference):
        """Whether a line is about the attachment that `reference` names."""
        size, _ = self.attachments.get(reference["sha256"], (None, None))
        return size == reference["size"]

    def blob(self, reference):
        """The bytes of the attachment that `reference` names, or `None` when they are not there."""
        if not self.names(reference):
            return None
        _, data = self.attachments[reference["sha256"]]
        if data is None:
            try:
                with open(f"{self.path}.{reference['sha256']}", "rb") as file:
                    data = file.read()
            except OSError:
                return None
            check_blob(data, reference)
        return data


def check_blob(data, reference):
    require(
        len(data) == reference["size"] and sha256(data).hex() == reference["sha256"],
        "an attachment does not have its digest and size",
    )
