"""Understanding: from what a person typed to the units of meaning it is made of."""
