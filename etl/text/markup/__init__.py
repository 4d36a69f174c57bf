"""What a page states about itself in schema.org markup: questions with their answers, and how-tos.

The way of a page: `json_ld` and `elements` read items of the three encodings, `wording` makes sense of them,
`settle` finds where their texts stand on the page, and `statements` is what comes out.
"""
