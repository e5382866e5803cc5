"""Property tests are repeatable and in no hurry; `--hypothesis-profile=thorough` tries 10,000 examples of each."""

from hypothesis import HealthCheck, settings

SETTINGS = {
    "deadline": None,
    "derandomize": True,
    "database": None,
    "suppress_health_check": [HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
}
settings.register_profile("repeatable", max_examples=60, **SETTINGS)
settings.register_profile("thorough", max_examples=10_000, **SETTINGS)
settings.load_profile("repeatable")
