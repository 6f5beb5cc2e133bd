"""The diagnosis: from draft and snapshot to the findings of the catalogue."""
