"""What is to be done beside a case, each with its term, until it is done or reasoned away."""
