"""Places that a text names together lie together: which namesake each name means, decided for all names at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from copydesk.pipeline.gazetteer import Entry

Floats = npt.NDArray[np.float64]
Numbers = npt.NDArray[np.intp]

EARTH_KM: Final = 6_371.0
REACH_KM: Final = 200.0  # at this distance a place speaks for another by a third of what it would next to it
ROUNDS: Final = 4  # what a name means depends on what the others mean
# Worth, in log-odds, of e - 1 other names that agree for certain; more count by the logarithm.
SAME_COUNTRY: Final = 1.5
SAME_REGION: Final = 1.0
NEAR: Final = 3.0
HOLDS: Final = 10.0  # "Paris, Texas"

Pair = tuple[int, int]


def agreement(
    names: Sequence[Sequence[Entry]], weights: Sequence[Sequence[float]], counts: Sequence[float], pairs: Sequence[Pair]
) -> list[list[float]]:
    """The log-odds of each namesake of each name, given what the other names may mean.

    Args:
        names: the namesakes of each name; ``weights`` their log-odds by themselves.
        counts: how much each name speaks for the others.
        pairs: numbers of names (inner, outer) that are printed as one, "Paris, Texas".
    """
    if not names:
        return []
    entries = [entry for namesakes in names for entry in namesakes]
    owner = np.repeat(np.arange(len(names)), [len(namesakes) for namesakes in names])
    base = np.array([weight for each in weights for weight in each])
    strength = np.asarray(counts, dtype=float)[owner]
    country = _codes([entry.country for entry in entries])
    region = _codes([f"{entry.country}.{entry.admin1}" if entry.admin1 else "" for entry in entries])
    near = _closeness(entries, owner)
    held = _holding(entries, owner, pairs)
    total = base
    for _ in range(ROUNDS):
        chance = _shares(total, owner)
        said = chance * strength
        total = (
            base
            + SAME_COUNTRY * np.log1p(_others(said, country, owner))
            + SAME_REGION * np.log1p(_others(said, region, owner))
            + NEAR * np.log1p(near @ said)
            + HOLDS * (held @ chance)
        )
    return [total[owner == number].tolist() for number in range(len(names))]


def _codes(words: Sequence[str]) -> Numbers:
    """A number for each different word, 0 for the empty one."""
    numbers = {"": 0}
    return np.array([numbers.setdefault(word, len(numbers)) for word in words])


def _others(said: Floats, area: Numbers, owner: Numbers) -> Floats:
    """How much the other names speak for the area that each namesake lies in."""
    in_area = np.bincount(area, said)
    mine = area * (owner[-1] + 1) + owner
    own = np.bincount(mine, said)[mine]
    others: Floats = np.where(area == 0, 0.0, np.maximum(in_area[area] - own, 0.0))
    return others


def _closeness(entries: Sequence[Entry], owner: Numbers) -> Floats:
    """1 for two namesakes of different names at one spot, less the farther apart; 0 where an area has no spot."""
    latitude, longitude = np.radians([(one.latitude, one.longitude) for one in entries]).T
    ground = np.cos(latitude)
    points = np.stack([ground * np.cos(longitude), ground * np.sin(longitude), np.sin(latitude)], axis=1)
    chord = np.sqrt(np.maximum(2.0 - 2.0 * (points @ points.T), 0.0))
    closeness: Floats = np.exp(chord * (-EARTH_KM / REACH_KM))
    wide = np.array([entry.kind == "country" or not entry.country for entry in entries])
    closeness[owner[:, None] == owner[None, :]] = 0.0
    closeness[wide] = 0.0
    closeness[:, wide] = 0.0
    return closeness


def _holding(entries: Sequence[Entry], owner: Numbers, pairs: Sequence[Pair]) -> Floats:
    """1 where one namesake is the area that the other, printed beside it, lies in."""
    held = np.zeros((len(entries), len(entries)))
    for inner, outer in pairs:
        for i in np.flatnonzero(owner == inner).tolist():
            for j in np.flatnonzero(owner == outer).tolist():
                if holds(entries[j], entries[i]):
                    held[i, j] = held[j, i] = 1.0
    return held


def holds(area: Entry, place: Entry) -> bool:
    """Whether ``place`` lies in the country or region ``area``."""
    if not area.country or area.country != place.country or area == place or place.kind == "country":
        return False
    if area.kind == "country":
        return True
    return area.kind == "region" and area.admin1 is not None and area.admin1 == place.admin1 and place.kind != "region"


def _shares(weights: Floats, owner: Numbers) -> Floats:
    """Each namesake's chance among those of its name."""
    most = np.full(owner[-1] + 1, -np.inf)
    np.maximum.at(most, owner, weights)
    shares = np.exp(weights - most[owner])
    result: Floats = shares / np.bincount(owner, shares)[owner]
    return result
