"""Three articles written for the project, and the demonstration that runs on them."""
