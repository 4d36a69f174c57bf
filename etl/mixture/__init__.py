"""The ratio contract: what is planned and what came about, as pure arithmetic."""
