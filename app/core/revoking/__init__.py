"""The parts of a plan that takes UbiQuity's access away."""
