"""Compares what the coder made of articles with what people coded of them. Pure; knows no terminal and no file but the gold."""
