"""Learning: the word weights from the phrasings, the calibration from labelled messages. Needs the `dev` extra."""
