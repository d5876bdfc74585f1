"""A dozen key sentences, word for word."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from yearadmin.catalogue.modules import REDUCTION_SLOTS, Slot, SlotKind
from yearadmin.contract.problems import Problem, ProblemCode
from yearadmin.contract.session import CurrentUser
from yearadmin.state.model import (
    AppState,
    Connection,
    ConnectionPhase,
    Notice,
    NoticeCode,
    NoticeKind,
    Upload,
    UploadStage,
    Wish,
    YearScope,
)
from yearadmin.state.permits import Permit, Refusal
from yearadmin.state.pipelines import Step
from yearadmin.state.readiness import ItemCode, ReadinessItem, Severity
from yearadmin.state.slots import SlotState, SlotView
from yearadmin.words.connection import connection_text, offline_band
from yearadmin.words.names import person_name, slot_path
from yearadmin.words.notices import tell_notice
from yearadmin.words.readiness import headline, item_text
from yearadmin.words.refusals import why_not
from yearadmin.words.slots import reason_text, row_text, slot_detail, slot_status
from yearadmin.words.told import tell_problem
from yearadmin.words.years import chip_text, users_see

NOW = datetime(2026, 11, 25, 13, 2, tzinfo=UTC)  # 14:02 in Switzerland
PLANE = Slot(2, 20, SlotKind.FACTOR)
MISSING = ReadinessItem(Severity.BLOCKER, ItemCode.MISSING_FACTOR, 2, PLANE)
OFFLINE = AppState(
    2026,
    connection=Connection("https://stage.example.org/api/v1", ConnectionPhase.OFFLINE, NOW, NOW + timedelta(seconds=8)),
    user=CurrentUser(display_name="A. Operator"),
    selected=2026,
).with_scope(YearScope(2026, fetched_at=NOW - timedelta(minutes=1)))


def test_a_grey_open_button_lists_what_is_missing() -> None:
    goal = ReadinessItem(Severity.BLOCKER, ItemCode.NO_GOAL, None)
    file = ReadinessItem(Severity.BLOCKER, ItemCode.MISSING_REDUCTION_FILE, None, REDUCTION_SLOTS[1])
    assert why_not(Permit((Refusal.INCOMPLETE,), blockers=(MISSING, file, goal)), 2026) == (
        "Still missing before the year can be opened:\n"
        "• Plane: factors missing\n• Population projections: file missing\n• No reduction goal yet"
    )


def test_many_missing_things_are_counted(french: None) -> None:
    reason = why_not(Permit((Refusal.INCOMPLETE,), blockers=(MISSING,) * 10), 2026)
    assert reason.splitlines()[-1] == "• et 2 autres"
    assert item_text(MISSING) == "Avion\u00a0: facteurs manquants"


def test_an_allowed_action_has_no_reason() -> None:
    assert why_not(Permit(), 2026) == ""


def test_every_reason_is_given_and_none_twice() -> None:
    permit = Permit((Refusal.OFFLINE, Refusal.ALREADY_OPEN, Refusal.OFFLINE))
    assert why_not(permit, 2026).splitlines() == [
        "Not connected to the server. It is tried again by itself; “Try now” does so at once.",
        "Year 2026 is already open to users.",
    ]


def test_the_chip_says_whether_users_see_the_year(french: None) -> None:
    assert chip_text(True) == "Ouverte aux utilisateurs"
    assert chip_text(False) == "Pas encore ouverte"
    assert users_see((2025, 2024)) == "Les utilisateurs voient 2025, 2024"


@pytest.mark.parametrize(
    ("count", "english", "in_french"),
    [
        (1, "1 thing missing", "1 élément manquant"),
        (2, "2 things missing", "2 éléments manquants"),
        (1234, "1,234 things missing", "1\u202f234 éléments manquants"),
    ],
)
def test_missing_things_are_counted(count: int, english: str, in_french: str, language: str) -> None:
    assert headline((MISSING,) * count) == (english if language == "en" else in_french)


def test_nothing_missing_is_ready() -> None:
    warning = ReadinessItem(Severity.WARNING, ItemCode.RUNNING, 2)
    assert headline(()) == "Ready to open"
    assert headline((warning,)) == "Ready to open, 1 warning"


@pytest.mark.parametrize(
    ("rows", "english", "in_french"),
    [(0, "0 rows", "0 ligne"), (1, "1 row", "1 ligne"), (3402, "3,402 rows", "3\u202f402 lignes")],
)
def test_rows_are_counted_in_both_languages(rows: int, english: str, in_french: str, language: str) -> None:
    view = SlotView(PLANE, SlotState.SUCCEEDED, True, rows=rows)
    assert slot_status(view) == (english if language == "en" else in_french)


def test_a_running_slot_says_its_step(language: str) -> None:
    view = SlotView(PLANE, SlotState.RUNNING, True, step=Step.EMISSIONS)
    assert (
        slot_status(view)
        == {
            "en": "Step 2 of 3 · recalculating emissions",
            "fr": "Étape 2 sur 3 · recalcul des émissions",
        }[language]
    )


def test_sending_is_told_with_its_share_and_never_rounded_up(language: str) -> None:
    upload = Upload("k", 2026, PLANE, "f.csv", 12_400_000, NOW, UploadStage.SENDING, sent=12_399_999)
    assert (
        slot_status(SlotView(PLANE, SlotState.SENDING, True, upload=upload))
        == {
            "en": "Sending · 99% of 12.4\u00a0MB",
            "fr": "Envoi · 99\u202f% de 12,4\u00a0Mo",
        }[language]
    )


def test_the_details_of_a_failure_hold_the_servers_words_and_the_rows(zurich: None) -> None:
    view = SlotView(
        PLANE,
        SlotState.FAILED,
        True,
        file_name="planes.csv",
        when=NOW,
        words="ERROR: 0 inserted, 2 skipped {x}",
        row_errors=((1, "unknown unit"), (2, "no year")),
        row_error_count=40,
    )
    assert slot_detail(view) == (
        "Professional travel › Plane › Factors\n"
        "The last upload failed on the server. Correct the file and upload it again.\n"
        "planes.csv · 25\u00a0Nov 2026, 14:02\n"
        "The server says: ERROR: 0 inserted, 2 skipped {x}\n"
        "Row 1: unknown unit\nRow 2: no year\n38 more rows with errors"
    )


def test_a_slot_is_found_by_its_path(french: None) -> None:
    assert slot_path(PLANE) == "Voyages professionnels › Avion › Facteurs"
    assert slot_path(Slot(5, None, SlotKind.FACTOR)) == "Achats › Données et facteurs communs › Facteurs"


def test_being_offline_is_told_with_times_of_this_computer(zurich: None, language: str) -> None:
    assert (
        offline_band(OFFLINE, NOW)
        == {
            "en": "Not connected since 14:02. You see 2026 as it was at 14:01. Next try in 8\u00a0s.",
            "fr": "Hors connexion depuis 14:02. Vous voyez l’état de 2026 lu à 14:01. Prochain essai dans 8\u00a0s.",
        }[language]
    )
    assert connection_text(OFFLINE, NOW).endswith(
        " · stage.example.org · "
        + {
            "en": "signed in as A. Operator",
            "fr": "identifié comme A. Operator",
        }[language]
    )


def test_a_file_is_named_when_it_is_at_fault(language: str) -> None:
    told = tell_problem(Problem(ProblemCode.FILE_EMPTY, subject="a{b}'s.csv"))
    assert (
        told.detail
        == {
            "en": "The file “a{b}'s.csv” holds nothing, so it was not sent.",
            "fr": "Le fichier «\u00a0a{b}'s.csv\u00a0» ne contient rien\u202f; il n’a donc pas été envoyé.",
        }[language]
    )


def test_a_lost_answer_is_not_told_as_a_failure() -> None:
    problem = Problem(ProblemCode.LOST_ANSWER)
    notice = Notice(1, NoticeCode.WISH_FAILED, NoticeKind.WARNING, NOW, year=2026, problem=problem, wish=Wish.OPEN)
    assert tell_notice(notice).title == "Not certain whether year 2026 was opened to users"
    refused = Notice(1, NoticeCode.WISH_FAILED, NoticeKind.FAILURE, NOW, 2026, wish=Wish.OPEN, problem=Problem(C.BUSY))
    assert tell_notice(refused).title == "Year 2026 could not be opened to users"


def test_an_upload_with_left_out_rows_says_where_and_how_many(language: str) -> None:
    notice = Notice(
        1, NoticeCode.UPLOAD_WARNING, NoticeKind.WARNING, NOW, 2026, PLANE, "p.csv", words="W", rows=1, skipped=2
    )
    told = tell_notice(notice)
    assert told.server_words == "W"
    assert (told.title, told.detail) == {
        "en": (
            "Uploaded with warnings: 2026 › Plane › Factors",
            "p.csv: 1 row imported, 2 left out.",
        ),
        "fr": (
            "Avec avertissements\u00a0: 2026 › Avion › Facteurs",
            "p.csv\u00a0: 1 ligne importée, 2 écartées.",
        ),
    }[language]


def test_the_success_of_opening_names_the_year(language: str) -> None:
    notice = Notice(1, NoticeCode.YEAR_OPENED, NoticeKind.SUCCESS, NOW, 2026)
    assert (
        tell_notice(notice).title
        == {
            "en": "Year 2026 is open to users",
            "fr": "L’année 2026 est ouverte aux utilisateurs",
        }[language]
    )


C = ProblemCode


def test_a_test_account_carries_the_name_of_its_role(language: str) -> None:
    name = person_name("Test User: calco2.backoffice.admin", ["calco2.backoffice.admin"])
    assert name == {"en": "Test User: Back-office admin", "fr": "Test User: Admin back-office"}[language]
    assert person_name("A. Operator", ["calco2.backoffice.admin"]) == "A. Operator"


def test_the_success_of_an_upload_is_one_short_line(language: str) -> None:
    notice = Notice(1, NoticeCode.UPLOAD_DONE, NoticeKind.SUCCESS, NOW, 2026, PLANE, "p.csv", words="31 ok", rows=31)
    told = tell_notice(notice)
    assert told.sentences == {"en": "p.csv: 31 rows imported.", "fr": "p.csv\u00a0: 31 lignes importées."}[language]
    assert told.server_words == ""


def test_a_reason_that_is_a_mere_code_is_a_sentence_and_any_other_stays_the_servers(language: str) -> None:
    said = {
        "en": "Row 27: this person is in the unit already (DUPLICATE_INSTITUTIONAL_ID)",
        "fr": "Ligne 27\u00a0: cette personne figure déjà dans l’unité (DUPLICATE_INSTITUTIONAL_ID)",
    }[language]
    assert row_text(27, "DUPLICATE_INSTITUTIONAL_ID") == said
    assert reason_text("fte: 1.4 is more than 1") == "fte: 1.4 is more than 1"
