"""What the house is measured by: `python -m benchmarks NAME [--json]`; each is a module here with `main(argv)`."""
