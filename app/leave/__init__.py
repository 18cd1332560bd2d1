"""Leave of the head for staff to use social media during lessons."""
