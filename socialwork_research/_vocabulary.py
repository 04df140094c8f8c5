"""The closed vocabularies of codings: stances, roles, professions, certainties, directions, confidences."""

from __future__ import annotations

from typing import Literal, get_args

Stance = Literal[
    "enacted",
    "advice_sought",
    "reported",
    "condemned",
    "quoted_policy",
    "hypothetical",
    "negated",
    "news",
    "fictional",
    "lived_experience",
]
Role = Literal["professional", "student", "educator", "leader", "organisation", "service_user", "other", "unclear"]
Profession = Literal["social_work", "other", "unclear"]
Certainty = Literal["known", "probable", "unclear"]
Direction = Literal["seek", "give"]
Confidence = Literal["low", "medium", "high"]

STANCES: tuple[Stance, ...] = get_args(Stance)
ROLES: tuple[Role, ...] = get_args(Role)
PROFESSIONS: tuple[Profession, ...] = get_args(Profession)
CERTAINTIES: tuple[Certainty, ...] = get_args(Certainty)
DIRECTIONS: tuple[Direction, ...] = get_args(Direction)
CONFIDENCES: tuple[Confidence, ...] = get_args(Confidence)
