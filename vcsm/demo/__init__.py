"""A bank's app with the widget in it, its workspace, and simulated customers of known truth."""
