"""What a mixture would be at a ratio."""

from etl.config.mixture import MixtureConfig
from etl.mixture.forecast import Forecast, Supply, forecast
from etl.report.forecasts import forecast_text

RAW, PAIRS = Supply(19, 950), Supply(20, 40)


def test_a_forecast_tells_rows_units_share_and_what_gives_way() -> None:
    config = MixtureConfig(ratio=0.05, when_short="repeat")
    assert forecast("train", RAW, PAIRS, config) == Forecast(
        "train", 0.05, 0.05, Supply(19, 950), Supply(25, 50), 2, "repeat"
    )
    assert forecast("train", RAW, Supply(0, 0), config).repetition == 0
    assert forecast("train", Supply(0, 0), PAIRS, config)[2:] == (0.0, Supply(0, 0), Supply(0, 0), 0, "no_raw")


def test_the_table_has_a_line_a_forecast() -> None:
    each = Forecast("train", 0.05, 0.04, Supply(19, 9500), Supply(25, 50), 2, "lower_ratio")
    lines = forecast_text([each], "tokens", 80).splitlines()
    assert lines[0].split()[:5] == ["ratio", "split", "raw", "rows", "raw"]
    assert lines[-1].split() == ["0.05", "train", "19", "9,500", "25", "50", "4.000%", "2", "lower_ratio"]
