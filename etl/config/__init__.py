"""The configuration: its models, and how files and arguments become one of them."""
