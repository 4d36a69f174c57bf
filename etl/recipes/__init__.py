"""Recipes: what a model is asked about a text, and what is made of its answer. Pure, like rules; one file each."""
