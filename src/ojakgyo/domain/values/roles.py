"""Roles: what an officer is at the desk for, and what a person is to the network. Rows, never ranks."""

from enum import StrEnum


class OfficerRole(StrEnum):
    COORDINATOR = "coordinator"
    SAFETY = "safety"
    TREASURER = "treasurer"
    PROTECTION = "protection"
    AUDITOR = "auditor"
    OPENER = "opener"


class PersonRole(StrEnum):
    HELPER = "helper"
    TRAVELLER = "traveller"
    ENQUIRER = "enquirer"
