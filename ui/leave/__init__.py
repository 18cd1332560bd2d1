"""Screens about leave for staff to use social media during lessons."""
