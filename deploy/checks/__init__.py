"""Offline checks of the files in `deploy/`: each returns what it found, one sentence a finding."""
