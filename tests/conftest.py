"""What holds for all tests."""

from hypothesis import settings

settings.register_profile("kg", deadline=None)  # machines that share their cores are slow at times
settings.load_profile("kg")
