"""svcq: the service-quality process of a hospital software company, on the command line."""

__version__ = "0.1.0"
