"""What the parties believe, how strongly they want, and whom they act with: the program against the second statement."""
