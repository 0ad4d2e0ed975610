"""What points out a person, found in a text: for what is delivered and for what people write."""
