"""Places that a text names together mostly lie together: what each namesake gains by the places beside it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from pipeline.gazetteer import Entry

Floats = npt.NDArray[np.float64]

EARTH_KM: Final = 6_371.0
REACH_KM: Final = 200.0  # at this distance a place speaks for another by a third of what it would next to it
WORTH: Final = 3.0  # in the units of ``places``: of one certain place right beside; more of them count by the logarithm
ROUNDS: Final = 2  # which namesake is near depends on which namesakes are meant


def nearness(namesakes: Sequence[Sequence[Entry]], weights: Sequence[Sequence[float]]) -> list[list[float]]:
    """What to add to the weight of each namesake of each name; countries, which are everywhere, gain nothing.

    ``weights`` are log-odds so far. A name's own namesakes do not speak for each other.
    """
    gains = [np.zeros(len(entries)) for entries in namesakes]
    spots = [
        (name, i) for name, entries in enumerate(namesakes) for i, one in enumerate(entries) if one.kind != "country"
    ]
    if len({name for name, _ in spots}) < 2:
        return [gain.tolist() for gain in gains]
    owner, place = (np.array(part) for part in zip(*spots, strict=True))
    closeness = _closeness([namesakes[name][i] for name, i in spots])
    closeness[owner[:, None] == owner[None, :]] = 0.0
    for _ in range(ROUNDS):
        chances = [_softmax(np.asarray(base) + gain) for base, gain in zip(weights, gains, strict=True)]
        support = closeness @ np.array([chances[name][i] for name, i in spots])
        for at, gain in enumerate(gains):
            mine = owner == at
            gain[place[mine]] = WORTH * np.log1p(support[mine])
    return [gain.tolist() for gain in gains]


def _closeness(entries: Sequence[Entry]) -> Floats:
    latitude, longitude = np.radians([(one.latitude, one.longitude) for one in entries]).T
    ground = np.cos(latitude)
    points = np.stack([ground * np.cos(longitude), ground * np.sin(longitude), np.sin(latitude)], axis=1)
    distance = EARTH_KM * np.arccos(np.clip(points @ points.T, -1.0, 1.0))
    closeness: Floats = np.exp(-distance / REACH_KM)
    return closeness


def _softmax(weights: Floats) -> Floats:
    shares: Floats = np.exp(weights - weights.max())
    shares /= shares.sum()
    return shares
