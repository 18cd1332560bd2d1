"""Plays the program to itself on the sample school, and leaves pictures and papers."""
