"""Provisioning a year: units, their principals, one report per unit and its eight modules (contract section 9).

Each phase is one transaction that adds only what is missing, so that it may be interrupted and run again at any point.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Table, bindparam, insert, select, update

from yearadmin.contract.enums import JobResult, ModuleType, UserProvider
from yearadmin.embedded import permissions
from yearadmin.embedded.engines import take_turns
from yearadmin.embedded.run import Run
from yearadmin.embedded.tables import carbon_report_modules, carbon_reports, now, units, users, year_configurations
from yearadmin.embedded.unit_directory import DirectoryError, Principal, Unit, read_units
from yearadmin.embedded.wire import offset

_DIRECTORIES = {UserProvider.ACCRED: "directory", UserProvider.DEFAULT: "default", UserProvider.TEST: "test"}


def sync_units(run: Run) -> None:
    """Run the four phases and end the job; success stamps the year in the transaction that ends it."""
    provider, year = UserProvider(run.job.provider), run.job.year
    assert year is not None
    run.meta.pop("phases", None)
    _begin(run, "fetch_units", f"Reading the {_DIRECTORIES[provider]} unit directory…")
    try:
        found = read_units(run.settings.units_file)
    except DirectoryError as error:
        run.fail(str(error))
        return
    people = {unit.principal.institutional_id: unit.principal for unit in found if unit.principal}
    message = f"Saving {len(found):,} units and {len(people):,} principals…"
    _begin(run, "upsert_units_and_users", message)
    with run.holding() as connection:
        take_turns(connection, "users")
        take_turns(connection, "units")
        run.meta["user_results"] = _save_people(connection, provider, people, found)
        run.meta["unit_results"] = _save_units(connection, provider, found)
    _begin(run, "create_carbon_reports", f"Creating the carbon reports of {year}…")
    with run.holding() as connection:
        take_turns(connection, "units")
        created = _create_reports(connection, provider, year)
    _begin(run, "ensure_modules", f"Adding the {len(ModuleType)} modules to the reports of {year}…")
    with run.holding() as connection:
        take_turns(connection, "units")
        reports = _ensure_modules(connection, provider, year)
        _end_phase(run)
        run.meta.update(
            units_synced=len(found),
            users_synced=len(people),
            carbon_reports_created=created,
            carbon_report_year=year,
        )
        connection.execute(
            update(year_configurations)
            .where(year_configurations.c.year == year, year_configurations.c.provider == int(provider))
            .values(configuration_completed=now(), updated_at=now())
        )
        run.finish(connection, JobResult.SUCCESS, f"Unit sync completed: {reports:,} reports are ready for {year}")


def _begin(run: Run, name: str, message: str) -> None:
    _end_phase(run)
    phase = {"name": name, "state": "running", "started_at": offset(now())}
    run.meta["phases"] = [*run.meta.get("phases", []), phase]
    run.report(message)


def _end_phase(run: Run) -> None:
    *earlier, last = run.meta.get("phases") or [None]
    if last is not None:
        run.meta["phases"] = [*earlier, {**last, "state": "finished", "finished_at": offset(now())}]


def _save_people(
    connection: Connection, provider: UserProvider, people: dict[str, Principal], found: Sequence[Unit]
) -> str:
    led: dict[str, list[str]] = {}
    for unit in found:
        if unit.principal:
            led.setdefault(unit.principal.institutional_id, []).append(unit.institutional_id)
    query = select(users.c.institutional_id, users.c.id, users.c.roles_raw).where(users.c.provider == int(provider))
    known = {row.institutional_id: row for row in connection.execute(query)}
    fresh: list[dict[str, Any]] = []
    changed: list[dict[str, Any]] = []
    for number, person in people.items():
        # Roles given for other reasons stay: signing in must never find a principal without rights (section 13).
        kept = [role for role in known[number].roles_raw if not _is_principal(role)] if number in known else []
        led_here = [_principal_of(unit) for unit in led[number]]
        values = {"email": person.email, "display_name": person.name, "roles_raw": kept + led_here}
        if number in known:
            changed.append({"row": known[number].id, **values})
        else:
            fresh.append({"institutional_id": number, "provider": int(provider), **values})
    if changed:
        connection.execute(update(users).where(users.c.id == bindparam("row")), changed)
    _insert(connection, users, fresh)
    return f"{len(people)} processed ({len(fresh)} created, {len(changed)} updated)"


def _is_principal(role: dict[str, Any]) -> bool:
    return role.get("role") == permissions.PRINCIPAL


def _principal_of(unit: str) -> dict[str, Any]:
    return {"role": permissions.PRINCIPAL, "on": {"kind": "unit", "institutional_id": unit}}


def _save_units(connection: Connection, provider: UserProvider, found: Sequence[Unit]) -> str:
    person_query = select(users.c.institutional_id, users.c.id).where(users.c.provider == int(provider))
    person = {row.institutional_id: row.id for row in connection.execute(person_query)}
    unit_query = select(units.c.institutional_id, units.c.id).where(units.c.provider == int(provider))
    known = {row.institutional_id: row.id for row in connection.execute(unit_query)}
    fresh: list[dict[str, Any]] = []
    changed: list[dict[str, Any]] = []
    for unit in found:
        values = {
            "name": unit.name,
            "level": unit.level,
            "parent_institutional_id": unit.parent,
            "principal_user_id": person[unit.principal.institutional_id] if unit.principal else None,
        }
        if unit.institutional_id in known:
            changed.append({"row": known[unit.institutional_id], **values})
        else:
            fresh.append({"institutional_id": unit.institutional_id, "provider": int(provider), **values})
    if changed:
        connection.execute(update(units).where(units.c.id == bindparam("row")), changed)
    _insert(connection, units, fresh)
    return f"{len(found)} processed ({len(fresh)} created, {len(changed)} updated)"


def _create_reports(connection: Connection, provider: UserProvider, year: int) -> int:
    there = select(carbon_reports.c.unit_id).where(carbon_reports.c.year == year)
    missing = select(units.c.id).where(units.c.provider == int(provider), units.c.id.not_in(there))
    rows = [{"unit_id": unit, "year": year} for unit in connection.execute(missing).scalars()]
    _insert(connection, carbon_reports, rows)
    return len(rows)


def _ensure_modules(connection: Connection, provider: UserProvider, year: int) -> int:
    ours = (units.c.provider == int(provider), carbon_reports.c.year == year)
    reports_query = select(carbon_reports.c.id).join(units, units.c.id == carbon_reports.c.unit_id).where(*ours)
    reports = list(connection.execute(reports_query).scalars())
    have_query = (
        select(carbon_report_modules.c.carbon_report_id, carbon_report_modules.c.module_type_id)
        .join(carbon_reports, carbon_reports.c.id == carbon_report_modules.c.carbon_report_id)
        .where(carbon_reports.c.year == year)
    )
    have = {(row[0], row[1]) for row in connection.execute(have_query)}
    rows = [
        {"carbon_report_id": report, "module_type_id": int(module)}
        for report in reports
        for module in ModuleType
        if (report, int(module)) not in have
    ]
    _insert(connection, carbon_report_modules, rows)
    return len(reports)


def _insert(connection: Connection, table: Table, rows: list[dict[str, Any]]) -> None:
    for start in range(0, len(rows), 5000):
        connection.execute(insert(table), rows[start : start + 5000])
