"""The door for HTTP: SPARQL protocol, canned queries, resources, pages.

Nothing is imported here: the worker processes need none of what the server does.
"""
