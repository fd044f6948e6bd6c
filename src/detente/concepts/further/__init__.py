"""Further concepts of behaviour, beside the classical six; one file each, with `CONCEPTS` or a `family`."""
