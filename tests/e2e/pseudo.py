"""A made-up language, 40 % longer than English, written into the bundle while it is delivered."""

import re
from pathlib import Path

from playwright.sync_api import BrowserContext, Route

ROOT = Path(__file__).resolve().parent.parent.parent
LONGER = 0.4
FILL = "långéř wörds stånd hêre ånd tåke møre röøm thån Énglish "
ACCENTS = str.maketrans("aeiouAEIOUcnsz", "åéîøüÅÉÎØÜçñšž")
HAN = re.compile(r"[\u3400-\u9fff]")


def keys() -> set[str]:
    """The keys of the English messages."""
    folder = ROOT / "frontend" / "src" / "i18n" / "en"
    text = "".join(path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.ts")))
    return set(re.findall(r'^\s+"([\w.#]+)":', text, re.MULTILINE))


def longer(text: str) -> str:
    """The text with accents and 40 % more of it; parameters and escapes stay."""
    parts = re.split(r"(\{\w+\}|\\u\w{4}|\\.)", text)
    plain = sum(len(part) for part in parts[::2])
    parts[::2] = [part.translate(ACCENTS) for part in parts[::2]]
    missing = max(1, round(plain * LONGER)) if plain else 0
    return "".join(parts) + (" " + FILL * 9)[:missing].rstrip()


def rewrite(script: str) -> tuple[str, set[str]]:
    """A script of the bundle with its English messages made longer, and which there were."""
    known = keys()
    found = set()

    def replace(match: re.Match[str]) -> str:
        key, quote, text = match.groups()
        if key not in known or HAN.search(text):
            return match[0]
        found.add(key)
        return f'"{key}":{quote}{longer(text)}{quote}'

    pattern = r'"([\w.#]+)":(["\'`])((?:\\.|(?!\2).)*)\2'
    return re.sub(pattern, replace, script, flags=re.DOTALL), found


def speak(context: BrowserContext, heard: set[str]) -> None:
    """Deliver the bundle in the made-up language; `heard` gets the keys of what was replaced."""

    def deliver(route: Route) -> None:
        response = route.fetch()
        script, found = rewrite(response.text())
        heard.update(found)
        route.fulfill(response=response, body=script)

    context.route("**/assets/*.js", deliver)
