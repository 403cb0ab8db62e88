"""What is true: records, vocabularies, tables, errors and expectations. Imports nothing of ours."""
