"""The numerics of a spectrum: start vectors, Lanczos, Ritz values, densities. Needs numpy, and no framework."""
