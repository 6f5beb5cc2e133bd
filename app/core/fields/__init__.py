"""What is checked of each field, and what is done to what people paste into it."""
