"""What is fit for training: one gate a file, pure functions of a text and its parameters, no Spark."""
