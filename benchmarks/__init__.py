"""What is measured, one question a module; ``python -m benchmarks`` lists them."""
