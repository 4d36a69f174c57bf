"""Tables as files that trainers load: MDS shards for streaming, Parquet with a card for Hugging Face datasets."""
