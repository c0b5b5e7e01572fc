"""Signed notes, checkpoints, cosignatures and policies (C2SP)."""

import re

from .encoding import sha256, unbase64, verifies
from .verdict import BadInput, Failed, Missing, require

ED25519, COSIGNATURE = 1, 4


class Key:
    """A verifier key: a name, a type and a raw public key."""

    def __init__(self, vkey):
        parts = vkey.split("+", 2)
        require(len(parts) == 3, "a verifier key does not have three parts")
        self.name, identifier, material = parts[0], parts[1], unbase64(parts[2])
        require(is_key_name(self.name), "a verifier key has no name")
        require(re.fullmatch("[0-9a-f]{8}", identifier), "a key's identifier is not hexadecimal")
        require(len(material) == 33, "a verifier key is not an Ed25519 key")
        self.type, self.raw = material[0], material[1:]
        self.id = sha256(self.name.encode(), b"\n", material)[:4]
        require(self.id.hex() == identifier, "a verifier key has another identifier than it says")


def is_key_name(name):
    return bool(name) and "+" not in name and not any(c.isspace() for c in name)


class Note:
    """A note: its text and its signatures, none of them checked."""

    def __init__(self, text):
        try:
            data = text.encode("utf-8")
        except UnicodeEncodeError:
            raise Failed("the note is not UTF-8") from None
        require(not any(b < 0x20 and b != 0x0A for b in data), "the note has a control character")
        cut = text.rfind("\n\n")
        require(cut >= 0 and text.endswith("\n"), "the note has no signatures")
        self.text, lines = text[: cut + 1], text[cut + 2 :].split("\n")[:-1]
        require(0 < len(lines) <= 100, "the note has no signatures, or more than 100")
        self.signatures = []
        for line in lines:
            match = re.fullmatch(r"\u2014 ([^ ]+) ([A-Za-z0-9+/=]+)", line)
            require(match and is_key_name(match[1]), "a signature line of the note is malformed")
            blob = unbase64(match[2])
            require(len(blob) >= 5, "a signature of the note is too short")
            self.signatures.append((match[1], blob[:4], blob[4:]))

    def signed_by(self, keys):
        """The keys that signed; an invalid signature by one of `keys` refuses the note, each time that
        it stands there (signed-note: verifiers MUST verify the signature of a known key).

        A cosignature comes with its time, a plain signature with `None`.
        """
        known = {(key.name, key.id): key for key in keys}
        found = {}
        for name, identifier, blob in self.signatures:
            key = known.get((name, identifier))
            if key is None:
                continue
            message, time = self.text.encode(), None
            if key.type == COSIGNATURE:
                require(len(blob) == 72, "a cosignature has a wrong length")
                time = int.from_bytes(blob[:8], "big")
                require(0 < time < 2**63, "a cosignature has no time")
                message, blob = f"cosignature/v1\ntime {time}\n".encode() + message, blob[8:]
            require(verifies(key.raw, blob, message), f"the signature by {name} is not valid")
            found[key] = time
        return found


class Checkpoint:
    """The origin, size and root that a note states; extension lines are refused."""

    def __init__(self, text):
        self.note = Note(text)
        lines = self.note.text.split("\n")
        require(len(lines) == 4 and lines[3] == "", "the checkpoint does not have three lines")
        self.origin = lines[0]
        require(self.origin, "the checkpoint has no origin")
        require(re.fullmatch("0|[1-9][0-9]{0,18}", lines[1]), "the checkpoint's size is malformed")
        self.size, self.root = int(lines[1]), unbase64(lines[2])
        require(self.size < 2**63, "the checkpoint's size is out of range")
        require(len(self.root) == 32, "the checkpoint's root is not 32 bytes")
        if self.size == 0:
            require(self.root == sha256(), "the root of an empty log is another one")


class Policy:
    """Which logs to trust, and which witnesses must have cosigned (tlog-policy)."""

    def __init__(self, data):
        self.logs, self.members, self.quorum, used, quorums = [], {}, None, set(), 0
        try:
            require(data.endswith(b"\n"), "the policy does not end with a line feed")
            require(
                all(b in (9, 10) or (b >= 0x20 and b != 0x7F) for b in data),
                "the policy has a control character",
            )
            for line in data.decode("utf-8", "surrogateescape").split("\n"):
                words = re.split("[ \t]+", line.strip(" \t"))
                if words[0] == "" or words[0].startswith("#"):
                    continue
                if words[0] == "log" and len(words) in (2, 3):
                    self.logs.append(self._key(words[1], ED25519))
                elif words[0] == "witness" and len(words) in (3, 4):
                    self._define(words[1], self._key(words[2], COSIGNATURE))
                elif words[0] == "group" and len(words) >= 4:
                    names = words[3:]
                    require(all(n in self.members for n in names), "a group names no one known")
                    require(
                        len(set(names)) == len(names) and not used & set(names),
                        "a member is used twice",
                    )
                    used |= set(names)
                    count = {"all": str(len(names)), "any": "1"}.get(words[2], words[2])
                    require(
                        re.fullmatch("[1-9][0-9]{0,4}", count) and int(count) <= len(names),
                        "a group has an impossible threshold",
                    )
                    self._define(words[1], (int(count), names))
                elif words[0] == "quorum" and len(words) == 2:
                    quorums += 1
                    self.quorum = None if words[1] == "none" else words[1]
                    require(
                        self.quorum is None or self.quorum in self.members,
                        "the quorum names no one known",
                    )
                else:
                    raise Failed("a line of the policy is not understood")
            require(quorums == 1, "the policy must have one quorum line")
            require(self.logs, "the policy names no log")
            for keys in (self.logs, self._witnesses()):
                require(
                    len({key.raw for key in keys}) == len(keys), "the policy has a key twice"
                )
        except Failed as error:
            raise BadInput(f"policy: {error}") from None

    def _key(self, vkey, type):
        key = Key(vkey)
        require(key.type == type, "a key of the policy has a wrong type")
        return key

    def _define(self, name, member):
        require(name not in self.members and name != "none", "a name is defined twice")
        self.members[name] = member

    def _witnesses(self):
        return [m for m in self.members.values() if isinstance(m, Key)]

    def check(self, checkpoint):
        """How many witnesses cosigned and how many there are, once the policy is met."""
        logs = [key for key in self.logs if key.name == checkpoint.origin]
        if not logs:
            raise Failed(f"the policy names no log {checkpoint.origin}")
        signed = checkpoint.note.signed_by(logs + self._witnesses())
        require(any(key in signed for key in logs), "the log has not signed the checkpoint")

        met = {}
        # A group names only what stands before it, so that no nesting needs a stack.
        for name, member in self.members.items():
            if isinstance(member, Key):
                met[name] = member in signed
            else:
                met[name] = sum(met[part] for part in member[1]) >= member[0]
        if self.quorum is not None and not met[self.quorum]:
            raise Missing("too few of the policy's witnesses have cosigned the checkpoint")
        return sum(key in signed for key in self._witnesses()), len(self._witnesses())
