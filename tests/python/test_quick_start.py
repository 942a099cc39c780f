"""The quick start of both READMEs, run as it stands there."""

import ast
import io
import re
import tempfile
import unittest
from contextlib import redirect_stdout
from pathlib import Path

from people import ROOT, World

README = ROOT / "bindings/python/README.md"


class QuickStart(World):
    async def test_it_runs(self):
        [code] = re.findall(r"```python\n(.*?)```", README.read_text(), re.DOTALL)
        self.assertEqual(re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text(), re.DOTALL), [code])
        self.assertLessEqual(len([line for line in code.splitlines() if line.strip()]), 12)
        device = await self.device()
        directory = self.enterContext(tempfile.TemporaryDirectory())
        named = code.replace('"phonein-data', f'"{directory}')
        named = named.replace('"THE CODE ON ITS BACK"', repr(device.code))
        self.assertNotEqual(named, code)
        said, names = io.StringIO(), {}
        script = compile(named, str(README), "exec", flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
        with redirect_stdout(said):
            exec(script, names)
            await names["main"]()
        lines = said.getvalue().splitlines()
        self.assertEqual(lines[0], "This key will be valid forever")
        self.assertRegex(said.getvalue(), r"https://phonein\.example/k#")
        self.assertIn("Key active", lines)


if __name__ == "__main__":
    unittest.main()
