"""Logs that break one rule of cleanings, of what they unite and of what a marked family shows."""

import make_cleanings as c
from forgeries import a_filter, forgery
from verifier.encoding import sha256


def of(story, tell, *arguments, **options):
    """Makes the log out of the story before its cleaned release."""
    s = story.ready
    tell(s, *arguments, **options)
    story.__dict__.update(s.__dict__)


# What is united


@forgery("removal-of-a-match-and-a-filter", "matches and filters are united")
def _(s):
    s.remove([s.match, a_filter(s)], s.matched)


@forgery("union-of-a-match-and-a-filter", "matches and filters are united")
def _(s):
    found = [s.match, a_filter(s)]
    s.unite([(id, s.tally(s.matched)) for id in found], s.matched)


# A family that is marked


@forgery("marked-removal-not-applied", "sums do not hold")
def _(story):
    """What is decided on an older release need not be there, but another leaves in its place."""

    def tell(s):
        c.hidden(s)
        c.cleaned(s, "laion@2.1", s.hidden, "laion@2.0", removals=[s.later])

    of(story, tell)


@forgery("marked-removals-that-share", "sums do not hold")
def _(story):
    """That two removals name one key would show by the count of what leaves."""

    def tell(s):
        c.hidden(s)
        again = c.remove_on(s, "laion@2.0", s.late)
        left = {k: v for k, v in s.hidden.items() if k not in s.late}
        c.cleaned(s, "laion@2.1", left, "laion@2.0", s.late, removals=[s.later, again])

    of(story, tell)


def marked(name, tell):
    """A forgery of what is open in a family that is marked."""

    @forgery(name, "are listed")
    def make(story):
        of(story, lambda s: (c.hidden(s), tell(s)))


def twin(s):
    c.register(s, "twin", "URL")
    c.publish(s, "twin@1", s.before, columns=c.columns("URL"), disclosure="open")


def derivative(dataset, identity, **disclosures):
    def tell(s):
        c.register(s, dataset, identity, derivedFrom="laion@1.0")
        s.append("derivative-cleaned", **c.cleaned_derivative(s, dataset, **disclosures))

    return tell


marked("marked-first-manifest-open", twin)
marked("marked-derivative-listed-before", derivative("captions", "TEXT", before="open"))
marked("marked-derivative-listed-after", derivative("captions", "TEXT", after="open"))


@forgery("derivative-with-marked-columns-listed", "are listed")
def _(story):
    """The dataset has the columns of one that is marked, and comes of one that is not."""

    def tell(s):
        c.hidden(s)
        c.register(s, "captions", "TEXT")
        c.publish(s, "captions@1", s.before, columns=c.columns("TEXT"))
        c.register(s, "links", "URL", derivedFrom="captions@1")
        cleaned = c.cleaned_derivative(s, "links", before="open")
        s.append("derivative-cleaned", **{**cleaned, "against": "captions@1"})

    of(story, tell)


@forgery("marked-columns-in-another-order", "are listed")
def _(story):
    of(story, c.turned, disclosure="open")


# What was reinstated


@forgery("stay", "does not all come back")
def _(s):
    """By the sums alone, three of what is of class illegal could stay instead."""
    c.come_back(s, going=2, back=0)


@forgery("stay-in-part", "does not all come back")
def _(s):
    c.come_back(s, going=4, back=2)


@forgery("back-with-fewer-rows", "does not all come back")
def _(s):
    """One of the keys that come back has lost a row."""
    c.decide_back(s)
    left = {k: v for k, v in s.after.items() if k not in s.going}
    members = {**left, **{k: s.before[k] for k in s.back}}
    n, _ = members[s.back[0]]
    members[s.back[0]] = (n - 1, sha256(b"fewer rows"))
    derivation = c.derived(
        s, "laion@1.1", s.going, s.back, removals=[s.illegal], reinstatements=[s.returning]
    )
    derivation["added"]["rows"] -= 1
    c.publish(s, "laion@1.2", members, derivation)
