"""What a check can come to."""


class Failed(Exception):
    """The evidence contradicts the claim, or is not what it says it is."""


class Missing(Exception):
    """The evidence does not decide: something that the check needs is not there."""


class BadInput(Exception):
    """A file of the verifier's own (a policy, a row) cannot be read."""


def require(condition, sentence):
    if not condition:
        raise Failed(sentence)
