"""Customers out of a file."""

from svcq.processes.intake import Intake
from svcq.processes.intake_people import take_customers

INTAKE = Intake("customer", take_customers, rank=1, named=("code", "name"))
