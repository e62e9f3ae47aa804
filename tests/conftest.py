"""What holds for every test."""

import signal

from hypothesis import HealthCheck, settings

pytest_plugins = ("tests.stores",)

# Property tests judge what a program does, not how busy the machine is.
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")

# A shell starts what it runs in the background deaf to Ctrl-C, and so would be every command that a test interrupts.
signal.signal(signal.SIGINT, signal.default_int_handler)
