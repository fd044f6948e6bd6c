"""What can be asked: one function for each verb, on values, and one document for each answer."""
