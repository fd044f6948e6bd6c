"""The workbench: a server on this machine alone, and the page that it serves.

`serving` starts it, `guard` decides who may speak to it, `folder` is all that it reads and writes, `asked` turns a request into a conflict,
`verbs` lists what may be asked of one, and `server` puts these together.  Everything is answered with the documents of the command line.
"""
