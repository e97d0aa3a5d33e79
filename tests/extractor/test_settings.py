"""Settings come from what is given, then from the environment; what is wrong is said clearly."""

import traceback
from pathlib import Path
from typing import Any

import pytest
from platformdirs import user_cache_path
from pydantic import ValidationError

from extractor.errors import SetupError
from extractor.settings import Settings

KEY = "sk-very-secret-0123456789"

VARIABLES = [
    pytest.param("EXTRACTOR_MODEL", "some-model", "model", "some-model", id="model"),
    pytest.param("EXTRACTOR_CACHE_DIR", "/tmp/x", "cache_dir", Path("/tmp/x"), id="cache-dir"),
    pytest.param("EXTRACTOR_CONCURRENCY", "7", "concurrency", 7, id="concurrency"),
    pytest.param("EXTRACTOR_TIMEOUT", "1.5", "timeout", 1.5, id="timeout"),
    pytest.param("EXTRACTOR_TRANSPORT_ATTEMPTS", "3", "transport_attempts", 3, id="transport"),
    pytest.param("EXTRACTOR_VALIDATION_ATTEMPTS", "4", "validation_attempts", 4, id="validation"),
    pytest.param("EXTRACTOR_MAX_CHARACTERS", "99", "max_characters", 99, id="max-characters"),
]

MALFORMED = [
    pytest.param("EXTRACTOR_CONCURRENCY", "many", id="concurrency-word"),
    pytest.param("EXTRACTOR_CONCURRENCY", "0", id="concurrency-none"),
    pytest.param("EXTRACTOR_CONCURRENCY", "1001", id="concurrency-too-many"),
    pytest.param("EXTRACTOR_TIMEOUT", "-1", id="timeout-negative"),
    pytest.param("EXTRACTOR_TIMEOUT", "1m", id="timeout-unit"),
    pytest.param("EXTRACTOR_TRANSPORT_ATTEMPTS", "0", id="transport-none"),
    pytest.param("EXTRACTOR_VALIDATION_ATTEMPTS", "1.5", id="validation-half"),
    pytest.param("EXTRACTOR_MAX_CHARACTERS", "0", id="max-characters-none"),
]


def test_the_defaults_are_the_embedded_engine_without_a_server() -> None:
    settings = Settings.from_environment({})
    assert settings == Settings()
    assert settings.model == "local"
    assert settings.embedded
    assert settings.base_url is None
    assert settings.api_key is None
    assert settings.cache_dir == user_cache_path("extractor")


def test_what_depends_on_the_model_is_left_open() -> None:
    settings = Settings.from_environment({})
    assert settings.concurrency is None
    assert settings.timeout is None


@pytest.mark.parametrize(("variable", "text", "name", "value"), VARIABLES)
def test_a_setting_comes_from_its_variable(
    variable: str, text: str, name: str, value: object
) -> None:
    assert getattr(Settings.from_environment({variable: text}), name) == value


@pytest.mark.parametrize(("variable", "text", "name", "value"), VARIABLES)
def test_what_is_given_goes_before_the_environment(
    variable: str, text: str, name: str, value: object
) -> None:
    given = Settings.from_environment({variable: "not this"}, **{name: value})
    assert getattr(given, name) == value


def test_none_counts_as_not_given() -> None:
    assert Settings.from_environment({"EXTRACTOR_MODEL": "m"}, model=None).model == "m"


def test_an_empty_variable_counts_as_not_set() -> None:
    environ = {"EXTRACTOR_CONCURRENCY": "", "OPENAI_API_KEY": "", "EXTRACTOR_BASE_URL": ""}
    assert Settings.from_environment(environ) == Settings()


def test_the_environment_of_the_process_is_read_by_default(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("EXTRACTOR_CONCURRENCY", "5")
    assert Settings.from_environment().concurrency == 5


@pytest.mark.parametrize("prefix", ["EXTRACTOR", "OPENAI"])
def test_server_and_key_come_from_either_family_of_variables(prefix: str) -> None:
    environ = {f"{prefix}_BASE_URL": "http://a/v1", f"{prefix}_API_KEY": KEY}
    settings = Settings.from_environment(environ, model="m")
    assert settings.base_url == "http://a/v1"
    assert settings.api_key is not None
    assert settings.api_key.get_secret_value() == KEY


def test_our_own_variables_go_before_openais() -> None:
    environ = {
        "EXTRACTOR_MODEL": "m",
        "EXTRACTOR_BASE_URL": "http://ours/v1",
        "OPENAI_BASE_URL": "http://theirs/v1",
        "EXTRACTOR_API_KEY": "ours",
        "OPENAI_API_KEY": "theirs",
    }
    settings = Settings.from_environment(environ)
    assert settings.base_url == "http://ours/v1"
    assert settings.api_key is not None
    assert settings.api_key.get_secret_value() == "ours"


def test_an_empty_variable_of_ours_leaves_openais_to_count() -> None:
    environ = {"EXTRACTOR_BASE_URL": "", "OPENAI_BASE_URL": "http://theirs/v1"}
    assert Settings.from_environment(environ, model="m").base_url == "http://theirs/v1"


@pytest.mark.parametrize(
    ("environ", "given", "names"),
    [
        pytest.param({"OPENAI_API_KEY": KEY}, {}, ["`OPENAI_API_KEY`"], id="openai-key"),
        pytest.param({"EXTRACTOR_API_KEY": KEY}, {}, ["`EXTRACTOR_API_KEY`"], id="own-key"),
        pytest.param({"EXTRACTOR_BASE_URL": "http://a"}, {}, ["`EXTRACTOR_BASE_URL`"], id="url"),
        pytest.param({}, {"base_url": "http://a"}, ["`base_url`"], id="given-url"),
        pytest.param(
            {"OPENAI_API_KEY": KEY, "OPENAI_BASE_URL": "http://a"},
            {},
            ["`OPENAI_BASE_URL` and `OPENAI_API_KEY`"],
            id="both",
        ),
    ],
)
def test_a_server_or_key_without_a_model_is_an_error_with_the_remedy(
    environ: dict[str, str], given: dict[str, Any], names: list[str]
) -> None:
    with pytest.raises(SetupError) as caught:
        Settings.from_environment(environ, **given)
    for part in (*names, "--model NAME", "EXTRACTOR_MODEL", "--model local"):
        assert part in str(caught.value)


def test_a_key_with_the_embedded_model_named_is_no_error() -> None:
    environ = {"OPENAI_API_KEY": KEY, "EXTRACTOR_MODEL": "local"}
    assert Settings.from_environment(environ).embedded


@pytest.mark.parametrize(("variable", "text"), MALFORMED)
def test_a_malformed_value_is_an_error_that_names_variable_and_value(
    variable: str, text: str
) -> None:
    with pytest.raises(SetupError, match=f"`{variable}` is '{text}': Input should be"):
        Settings.from_environment({variable: text})


def test_a_malformed_value_given_is_an_error_that_names_the_setting() -> None:
    with pytest.raises(SetupError, match="`concurrency` is 0: Input should be greater"):
        Settings.from_environment({"EXTRACTOR_CONCURRENCY": "5"}, concurrency=0)


def test_an_unknown_setting_is_an_error() -> None:
    with pytest.raises(SetupError, match="`temperature` is 1"):
        Settings.from_environment({}, temperature=1)


@pytest.mark.parametrize(
    "environ",
    [
        pytest.param({"OPENAI_API_KEY": KEY}, id="no-model"),
        pytest.param(
            {"OPENAI_API_KEY": KEY, "EXTRACTOR_MODEL": "m", "EXTRACTOR_TIMEOUT": "x"},
            id="malformed-neighbour",
        ),
    ],
)
def test_no_error_shows_the_key_not_even_in_its_traceback(environ: dict[str, str]) -> None:
    with pytest.raises(SetupError) as caught:
        Settings.from_environment(environ)
    assert KEY not in "".join(traceback.format_exception(caught.value))


def test_a_malformed_key_is_not_shown() -> None:
    with pytest.raises(SetupError, match=r"`api_key` is \*\*\*"):
        Settings.from_environment({}, model="m", api_key=123456789)


@pytest.mark.parametrize("show", [repr, str, Settings.model_dump_json], ids=["repr", "str", "json"])
def test_settings_do_not_show_the_key(show: Any) -> None:
    settings = Settings.from_environment({"OPENAI_API_KEY": KEY}, model="m")
    assert KEY not in show(settings)


@pytest.mark.parametrize(
    ("model", "embedded"),
    [("local", True), ("/models/big.gguf", True), ("gpt-x", False), ("local-model", False)],
)
def test_the_embedded_engine_runs_local_and_gguf_files(model: str, embedded: bool) -> None:
    assert Settings(model=model).embedded is embedded


def test_settings_never_change() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        Settings().model = "other"  # type: ignore[misc]


def test_only_the_settings_read_the_environment() -> None:
    root = Path(__file__).parents[2]
    sources = [
        file
        for package in ("extractor", "prompts", "schemas", "evals")
        for file in (root / package).rglob("*.py")
    ]
    readers = [
        file.relative_to(root).as_posix()
        for file in sources
        if any(word in file.read_text(encoding="utf-8") for word in ("os.environ", "getenv"))
    ]
    assert readers == ["extractor/settings.py"]
