"""The compiled reader: each stage of reading a post as functions over arrays of records."""
