"""The settings in uniffi.toml take effect: what is not understood there is ignored without a word."""

import os
import subprocess
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).parents[2]
BUILT = Path(os.environ.get("PHONEIN_INTERCOM", ROOT / "target/debug/phonein-intercom")).parent


class Bindings(unittest.TestCase):
    def generate(self, language):
        directory = self.enterContext(tempfile.TemporaryDirectory())
        library = next(library for ending in ("so", "dylib") for library in BUILT.glob(f"libphonein_core.{ending}"))
        command = [BUILT / "uniffi-bindgen", "generate", "--config", "uniffi.toml", "--no-format", "--language", language]
        subprocess.run([*command, "--out-dir", directory, library], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        return Path(directory)

    def test_kotlin_has_our_package_and_fixed_records(self):
        kotlin = (self.generate("kotlin") / "io/phonein/core/phonein_core.kt").read_text()
        self.assertIn("package io.phonein.core\n", kotlin)
        self.assertRegex(kotlin, r"data class Told \(\n(.*\n)*?\s*val `title`")
        self.assertNotIn("android.system", kotlin)

    def test_swift_has_our_modules_and_fixed_records(self):
        directory = self.generate("swift")
        swift = (directory / "PhoneinBindings.swift").read_text()
        self.assertIn("import PhoneinCoreFFI", swift)
        self.assertIn("module PhoneinCoreFFI", (directory / "PhoneinCoreFFI.modulemap").read_text())
        self.assertRegex(swift, r"public struct Told[^{]*\{\n(.*\n)*?\s*public let title")


if __name__ == "__main__":
    unittest.main()
