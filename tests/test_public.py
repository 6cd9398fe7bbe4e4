"""What `import kg` offers."""

from __future__ import annotations

import importlib.metadata
import subprocess
import sys

import pytest

import kg


def test_every_public_name_is_there() -> None:
    """Each name of `__all__` can be had, each once, and nothing else is promised."""
    assert sorted(kg.__all__) == dir(kg)
    assert len(set(kg.__all__)) == len(kg.__all__)
    for name in kg.__all__:
        assert getattr(kg, name) is not None


def test_the_lazy_names_are_the_public_ones() -> None:
    """The table of homes and `__all__` list the same names."""
    assert {*kg._HOMES, "__version__"} == set(kg.__all__)


def test_no_public_name_is_a_module() -> None:
    """A name that is also a module would change its meaning once that module is imported."""
    assert not [name for name in kg._HOMES if type(getattr(kg, name)).__name__ == "module"]


def test_version_is_the_package_s() -> None:
    """The version in the code and in the metadata is one."""
    assert kg.__version__ == importlib.metadata.version("kg")


def test_unknown_name() -> None:
    """A name that is not public is an AttributeError, as for any module."""
    with pytest.raises(AttributeError, match="nothing"):
        kg.nothing  # noqa: B018


def test_help_imports_nothing_heavy() -> None:
    """`kg --help` answers without loading models, stores or networkx."""
    code = (
        "import sys; from kg.cli import main; main(['--help']);"
        "print(sorted({'spacy', 'numpy', 'networkx', 'neo4j', 'onnxruntime'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
