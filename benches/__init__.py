"""What is measured, and how: `make bench`. Nothing here is asserted; a figure stands beside its goal."""
