// Search over names, aliases and their pinyin: songyang, sy and 松y all find 松阳.

const PERSONS = new Set(["Official", "Person"]);

/**
 * A search over the nodes of a model.
 *
 * @returns a function of (text, limit) that gives [{node, word}], the best first; word is the name or alias found
 */
export function makeSearch(model) {
  const words = new Map();
  const wordsOf = (node) => {
    if (!words.has(node.index)) words.set(node.index, [node.name, ...node.aliases].map((word) => word.toLowerCase()));
    return words.get(node.index);
  };
  return (text, limit) => {
    const query = text.trim().toLowerCase();
    if (!query) return [];
    const latin = /[a-z]/.test(query);
    const hits = [];
    for (const node of model.important) {
      let best = null;
      const all = wordsOf(node);
      for (let i = 0; i < all.length; i++) {
        let grade = written(all[i], query);
        if (grade === null && latin) grade = spoken(all[i], query, model, PERSONS.has(node.kind.name));
        if (grade !== null && (best === null || grade + (i > 0) < best.grade)) {
          best = { grade: grade + (i > 0), node, word: i ? node.aliases[i - 1] : node.name };
        }
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

/** The same for pinyin: 6 for a beginning, 8 for a part. */
function spoken(word, query, model, person) {
  const letters = [...word];
  for (let start = 0; start < letters.length; start++) {
    if (start === 0 && person) {
      const surname = [2, 1].map((n) => letters.slice(0, n).join("")).find((name) => Object.hasOwn(model.surnames, name));
      if (surname) {
        const sounds = model.surnames[surname].split(" ");
        const own = (at) => (at < sounds.length ? [sounds[at]] : readings(letters[at], model));
        if (reads(letters, 0, query, own)) return 6;
        continue;
      }
    }
    if (reads(letters, start, query, (at) => readings(letters[at], model))) return start ? 8 : 6;
  }
  return null;
}

function readings(letter, model) {
  return Object.hasOwn(model.readings, letter) ? model.readings[letter].split(" ") : [letter];
}

/** Whether the letters from one on can be read as the query: each by its initial, or its syllable as far as typed. */
function reads(letters, at, query, sounds) {
  if (!query) return true;
  if (at >= letters.length) return false;
  if (letters[at] === query[0] && reads(letters, at + 1, query.slice(1), sounds)) return true;
  for (const sound of sounds(at)) {
    if (sound[0] !== query[0]) continue;
    if (sound.startsWith(query)) return true;
    if (query.startsWith(sound) && reads(letters, at + 1, query.slice(sound.length), sounds)) return true;
    if (reads(letters, at + 1, query.slice(1), sounds)) return true;
  }
  return false;
}
