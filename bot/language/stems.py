"""Stems: the part of a word that its inflected forms share."""

from __future__ import annotations

from snowballstemmer import stemmer

# Forms whose stem Snowball cannot know. Each is English grammar, not the article's world.
_IRREGULAR = {
    "won": "win", "met": "meet", "paid": "pay", "gave": "give", "given": "give", "got": "get", "said": "say",
    "thought": "think", "bought": "buy", "built": "build", "led": "lead", "left": "leave", "fought": "fight",
    "spent": "spend", "lent": "lend", "sold": "sell", "told": "tell", "kept": "keep", "held": "hold", "stood": "stand",
    "ran": "run", "began": "begin", "begun": "begin", "wrote": "write", "written": "write", "spoke": "speak",
    "spoken": "speak", "chose": "choose", "chosen": "choose", "fell": "fall", "fallen": "fall", "grew": "grow",
    "grown": "grow", "rose": "rise", "risen": "rise", "lost": "lose", "beaten": "beat", "hurt": "hurt", "taken": "take",
    "took": "take", "went": "go", "gone": "go", "came": "come", "brought": "bring", "sought": "seek", "dealt": "deal",
    "felt": "feel", "meant": "mean", "sent": "send", "swore": "swear", "threw": "throw", "thrown": "throw",
    "backed": "back", "better": "good", "children": "child", "wives": "wife", "companies": "company", "men": "man",
    "women": "woman", "richer": "rich", "bigger": "big", "centres": "center", "centre": "center", "labour": "labor",
    "favour": "favor", "colour": "color", "programme": "program", "defence": "defense",
}  # fmt: skip


class Stemmer:
    """Stems words, remembering those of the knowledge base so that each is worked out once."""

    def __init__(self) -> None:
        self._snowball = stemmer("english")
        self._known: dict[str, str] = {}

    def learn(self, word: str) -> str:
        """Return the stem of `word` and remember it."""
        stem = self._known.get(word)
        if stem is None:
            stem = self._known[word] = self._work_out(word)
        return stem

    def stem(self, word: str) -> str:
        """Return the stem of `word`; nothing is remembered, so memory does not grow with what people type."""
        return self._known.get(word) or self._work_out(word)

    def _work_out(self, word: str) -> str:
        return str(self._snowball.stemWord(_IRREGULAR.get(word, word)))
