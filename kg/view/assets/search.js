// Search over names, aliases and their pinyin: songyang, sy and 松y all find 松阳.

const PERSONS = new Set(["Official", "Person"]);
const A = "a".charCodeAt(0);

/**
 * A search over the nodes of a model.
 *
 * @returns a function of (text, limit) that gives [{node, word}], the best first; word is the name or alias found
 */
export function makeSearch(model) {
  let words = null;
  const speech = makeSpeech(model);
  return (text, limit) => {
    const query = text.trim().toLowerCase();
    if (!query) return [];
    words ??= model.important.map((node) => [node.name, ...node.aliases].map((word) => word.toLowerCase()));
    const latin = /[a-z]/.test(query);
    const hits = [];
    for (let rank = 0; rank < words.length; rank++) {
      const node = model.important[rank];
      let best = null;
      for (let i = 0; i < words[rank].length; i++) {
        let grade = written(words[rank][i], query);
        if (grade === null && latin) grade = speech.grade(words[rank][i], query, PERSONS.has(node.kind.name));
        if (grade === null) continue;
        grade += i > 0 ? 1 : 0;
        if (best === null || grade < best.grade) best = { grade, node, word: i ? node.aliases[i - 1] : node.name };
      }
      if (best) hits.push(best);
    }
    return hits.sort((a, b) => a.grade - b.grade || a.node.rank - b.node.rank).slice(0, limit);
  };
}

/** How well a word answers a query as written: 0 the same, 2 its beginning, 4 a part; null not at all. */
function written(word, query) {
  const at = word.indexOf(query);
  if (at < 0) return null;
  return word === query ? 0 : at === 0 ? 2 : 4;
}

/** The same for pinyin: 6 for a beginning, 8 for a part. Characters beyond U+FFFF have no reading. */
function makeSpeech({ readings, surnames }) {
  const sounds = new Map(Object.entries(readings).map(([letter, text]) => [letter.charCodeAt(0), text.split(" ")]));
  // With which letters a character's readings begin, as bits: what cannot fit is passed over quickly.
  const initials = new Int32Array(65_536);
  for (const [code, list] of sounds) for (const sound of list) initials[code] |= 1 << (sound.charCodeAt(0) - A);
  const families = new Map(Object.entries(surnames).map(([name, text]) => [name, text.split(" ")]));

  /** Whether a word can be read as the query from a letter on: each by its initial, or its syllable as far as typed. */
  function reads(word, at, query, own) {
    if (!query) return true;
    if (at >= word.length) return false;
    if (word[at] === query[0] && reads(word, at + 1, query.slice(1), own)) return true;
    for (const sound of (own && at < own.length ? [own[at]] : sounds.get(word.charCodeAt(at))) ?? []) {
      if (sound[0] !== query[0]) continue;
      if (sound.startsWith(query)) return true;
      if (query.startsWith(sound) && reads(word, at + 1, query.slice(sound.length), own)) return true;
      if (reads(word, at + 1, query.slice(1), own)) return true;
    }
    return false;
  }

  return {
    grade(word, query, person) {
      const letter = query.charCodeAt(0);
      const bit = letter >= A && letter < A + 26 ? 1 << (letter - A) : 0;
      const own = person ? (families.get(word.slice(0, 2)) ?? families.get(word[0])) : undefined;
      for (let start = 0; start < word.length; start++) {
        const family = start === 0 ? own : undefined;
        if (!family && !(initials[word.charCodeAt(start)] & bit) && word[start] !== query[0]) continue;
        if (reads(word, start, query, family)) return start ? 8 : 6;
      }
      return null;
    },
  };
}
