"""A second verifier of Winnow's bundles, written from the design and the schemas alone."""
