"""The sample school: invented families with every kind of answer and silence."""
