"""The commands of the command line that need neither a window nor AWS."""
