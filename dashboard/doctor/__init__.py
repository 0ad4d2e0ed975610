"""Tells what is unsafe in a deployment. Every check is one function of the deployment; it changes nothing."""

from dashboard.doctor.examination import CHECKS, examine
from dashboard.doctor.facts import Deployment, Finding, Level, Person

__all__ = ["CHECKS", "Deployment", "Finding", "Level", "Person", "examine"]
