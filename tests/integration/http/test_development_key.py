"""The development key: made by whoever comes first, the same for everybody."""

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from shared.config.settings import InvalidSettings
from shared.tokens import local_private_key
from tests.support.configured import configured

KEY_FILE = "development-signing-key.pem"


@pytest.fixture
def data_dir(tmp_path: Path):
    """An empty data folder, for which no key has been made."""
    local_private_key.cache_clear()
    with configured(data_dir=tmp_path):
        yield tmp_path
    local_private_key.cache_clear()


def test_those_who_sign_in_first_and_at_once_get_one_key(data_dir: Path):
    threads = 8
    together = threading.Barrier(threads)

    def ask() -> bytes:
        together.wait(30)
        return local_private_key.__wrapped__().private_bytes_raw()

    with ThreadPoolExecutor(threads) as pool:
        for _ in range(20):  # they rarely get in each other's way
            keys = {asked.result(30) for asked in [pool.submit(ask) for _ in range(threads)]}
            assert len(keys) == 1
            assert [path.name for path in data_dir.iterdir()] == [KEY_FILE]
            (data_dir / KEY_FILE).unlink()


def test_the_key_is_stored_for_its_owners_eyes_only(data_dir: Path):
    first = local_private_key().private_bytes_raw()
    local_private_key.cache_clear()
    assert local_private_key().private_bytes_raw() == first
    assert (data_dir / KEY_FILE).stat().st_mode & 0o077 == 0


def test_a_file_that_holds_another_kind_of_key_is_refused_by_name(data_dir: Path):
    (data_dir / KEY_FILE).write_bytes(_rsa_key())
    with pytest.raises(InvalidSettings, match=KEY_FILE):
        local_private_key()


def _rsa_key() -> bytes:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
