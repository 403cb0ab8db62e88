"""Forgets what is no longer needed: old snapshots, the files that only they named, orphan files, settled payloads.

The fence is only as old as the snapshots (DESIGN 4.5): what is younger than the bounds below is never touched, and
files always go by their age. Nothing here calls CHECKPOINT or cleanup_all: both ignore who is still reading.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from schemas.errors import ConfigError
from warehouse.compact import Done
from warehouse.lake import ALIAS, Lake, literal
from warehouse.land import nothing
from warehouse.serving_settings import MaintainSettings
from warehouse.settings import LakeSettings

# DESIGN 4.5: snapshots outlive an hour, and ten times the longest that a landing's transaction can live.
LEAST_HOURS = 1.0
LANDING_BOUNDS = 10


def check_bounds(lake: LakeSettings, upkeep: MaintainSettings) -> None:
    """Raises ConfigError where snapshots or orphan files would be removed within the bounds that keep the fence."""
    least = max(LEAST_HOURS, LANDING_BOUNDS * lake.landing_bound_seconds / 3600)
    for name, hours in (
        ("lake.snapshots_kept_hours", lake.snapshots_kept_hours),
        ("maintain.orphan_hours", upkeep.orphan_hours),
    ):
        if not hours >= least:
            message = f"{name} = {hours:g} is too short."
            advice = (
                f"Give at least {least:g}: an hour, and {LANDING_BOUNDS} times lake.landing_bound_seconds. "
                "A landing that outlives the snapshots could land twice."
            )
            raise ConfigError(message, advice)


def expire(lake: Lake, upkeep: MaintainSettings, at: Callable[[str], None] = nothing) -> list[Done]:
    """Expire snapshots older than `lake.snapshots_kept_hours`. Raises ConfigError within the bounds."""
    check_bounds(lake.settings, upkeep)
    at("before_expire")
    rows = lake.rows(
        f"CALL ducklake_expire_snapshots({literal(ALIAS)}, older_than => {_ago(lake.settings.snapshots_kept_hours)})"
    )
    at("after_expire")
    return [Done("expired snapshots", "", len(rows))] if rows else []


def clean(lake: Lake, upkeep: MaintainSettings, at: Callable[[str], None] = nothing) -> list[Done]:
    """Remove files that no snapshot has named for `maintain.orphan_hours`. Raises ConfigError within the bounds."""
    check_bounds(lake.settings, upkeep)
    at("before_cleanup")
    rows = lake.rows(
        f"CALL ducklake_cleanup_old_files({literal(ALIAS)}, older_than => {_ago(upkeep.orphan_hours)})"
    )
    at("after_cleanup")
    return [Done("removed old files", "", len(rows))] if rows else []


def sweep(lake: Lake, upkeep: MaintainSettings, at: Callable[[str], None] = nothing) -> list[Done]:
    """Remove files that no catalog ever named (a landing was killed) and that are as old as `maintain.orphan_hours`;
    lists the whole data folder. Raises ConfigError within the bounds."""
    check_bounds(lake.settings, upkeep)
    at("before_sweep")
    rows = lake.rows(
        f"CALL ducklake_delete_orphaned_files({literal(ALIAS)}, older_than => {_ago(upkeep.orphan_hours)})"
    )
    at("after_sweep")
    return [Done("removed orphan files", "", len(rows))] if rows else []


def drop_payloads(lake: Lake, upkeep: MaintainSettings, at: Callable[[str], None] = nothing) -> list[Done]:
    """Delete large payloads all of whose rejects were settled `maintain.payload_days` ago or earlier."""
    at("before_payloads")
    ((dropped,),) = lake.rows(
        "DELETE FROM reject_payloads WHERE payload_sha256 NOT IN "
        "(SELECT payload_sha256 FROM rejects WHERE status = 'open' OR settled_at > ?)",
        [datetime.now(UTC) - timedelta(days=upkeep.payload_days)],
    )
    at("after_payloads")
    return [Done("dropped payloads", "reject_payloads", int(dropped))] if dropped else []


def _ago(hours: float) -> str:
    """The instant so many hours ago, as a literal: table functions take no parameters."""
    return f"TIMESTAMPTZ {literal((datetime.now(UTC) - timedelta(hours=hours)).isoformat())}"
