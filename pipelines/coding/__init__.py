"""The coder: article in, reports out. Pure functions and lexicons; knows nothing of Beam, Kafka or DuckDB."""
