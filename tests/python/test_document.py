"""What docs/protocol.md says of the code and of the vectors is so."""

import re
import unittest
from pathlib import Path

ROOT = Path(__file__).parents[2]
DOCUMENT = (ROOT / "docs/protocol.md").read_text()
SECTIONS = dict(re.findall(r"^## (\d+)\. .*?\n(.*?)(?=^## |\Z)", DOCUMENT, re.MULTILINE | re.DOTALL))


class Document(unittest.TestCase):
    def test_every_attack_has_its_test(self):
        named = re.findall(r"`([a-z]+_\w+)`", SECTIONS["11"].split("**What it does not withstand**")[0])
        attacks = (ROOT / "phonein-protocol/tests/attacks").glob("*.rs")
        written = [name for file in attacks for name in re.findall(r"^fn (\w+)\(\)", file.read_text(), re.MULTILINE)]
        self.assertEqual(sorted(set(named)), sorted(written))

    def test_every_reference_has_its_section(self):
        for source in (*ROOT.glob("*/src/**/*.rs"), *ROOT.glob("*/tests/**/*.rs")):
            for section in re.findall(r"docs/protocol\.md, section (\d+)", source.read_text()):
                self.assertIn(section, SECTIONS, source)
        headings = set(re.findall(r"^##+ (\d+(?:\.\d+)?)", DOCUMENT, re.MULTILINE))
        for section in re.findall(r"sections? (\d+(?:\.\d+)?)", re.sub(r"RFC \d+, section \S+", "", DOCUMENT)):
            self.assertIn(section, headings)

    def test_the_bytes_of_the_example_are_those_of_the_vectors(self):
        vectors = (ROOT / "docs/vectors/phonein-v1.json").read_text()
        found = re.findall(r"\b[0-9a-f]{12,}\b", SECTIONS["15"])
        self.assertGreater(len(found), 30)
        for value in found:
            self.assertIn(value, vectors)


if __name__ == "__main__":
    unittest.main()
