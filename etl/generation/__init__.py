"""Models at work: what each recipe asks them, round by round where it must, and what that would cost."""
