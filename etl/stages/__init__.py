"""The stages of the job, one file each: DataFrames in, DataFrames out, no table is read or written here."""
