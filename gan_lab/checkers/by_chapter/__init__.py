"""What each chapter asks, a module for each: predictions to commit and exercises to answer."""
