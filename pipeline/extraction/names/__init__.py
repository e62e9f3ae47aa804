"""Who and where from: bylines, agencies, datelines."""
