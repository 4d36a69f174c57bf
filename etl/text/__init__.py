"""Pure text: one parse of a document into canonical text and blocks. No Spark here."""
