"""How each kind of panel is drawn; every option that Grafana's schema asks for is said."""

from __future__ import annotations

from typing import Any, Literal

Kind = Literal["timeseries", "stat", "bargauge", "heatmap", "table"]

LAST = {"calcs": ["lastNotNull"], "fields": "", "values": False}
LEGEND = {"displayMode": "list", "placement": "bottom", "showLegend": True, "calcs": []}

OPTIONS: dict[Kind, dict[str, Any]] = {
    "timeseries": {"legend": LEGEND, "tooltip": {"mode": "multi", "sort": "desc"}},
    "stat": {
        "reduceOptions": LAST, "graphMode": "area", "colorMode": "value", "justifyMode": "auto", "textMode": "value",
        "orientation": "auto", "wideLayout": True, "showPercentChange": False, "percentChangeColorMode": "standard",
    },
    "bargauge": {
        "reduceOptions": LAST, "displayMode": "gradient", "orientation": "horizontal", "valueMode": "color",
        "namePlacement": "left", "showUnfilled": True, "sizing": "auto", "minVizWidth": 8, "minVizHeight": 16,
        "maxVizHeight": 300, "legend": {**LEGEND, "showLegend": False},
    },
    "heatmap": {
        "calculate": False, "yAxis": {"unit": "s", "axisPlacement": "left"}, "showValue": "never",
        "color": {"mode": "scheme", "scheme": "Oranges", "fill": "dark-orange", "exponent": 0.5, "steps": 64,
                  "reverse": False},
        "legend": {"show": True}, "tooltip": {"mode": "single", "yHistogram": True, "showColorScale": True},
        "exemplars": {"color": "rgba(255,0,255,0.7)"}, "cellGap": 1,
    },
    "table": {"showHeader": True, "frameIndex": 0},
}  # fmt: skip
