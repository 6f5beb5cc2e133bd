"""What belongs to the computer: files, settings, logs, resources and translations."""
