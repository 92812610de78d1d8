"""The database engine that the settings name; Django looks for its `DatabaseWrapper` in `base`."""
