"""The school's protocol: versions, articles, dates by audience, and what counted when."""
