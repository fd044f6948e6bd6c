"""The command line: reads what is asked, calls a verb, prints the answer."""
