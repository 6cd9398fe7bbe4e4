// The sentences behind the relations; opened when the first card asks for them.

/**
 * Evidence by relation and documents by entity.
 *
 * @param load gives the columns that kg/view/data.py writes, as a promise; called once
 */
export function makeEvidence(load) {
  let opened = null;
  const columns = () => {
    opened ??= load().then((data) => {
      const starts = new Int32Array(data.counts.length + 1);
      data.counts.forEach((count, i) => {
        starts[i + 1] = starts[i] + count;
      });
      return { data, starts, own: new Map(data.own) };
    });
    return opened;
  };
  const documentAt = (data, at) => ({ title: data.title[at] ?? "", date: data.date[at] ?? "", source: data.source[at] ?? "" });
  return {
    /** Quotes of an edge: [{quote, title, date, source}]. */
    async of(edge) {
      const { data, starts, own } = await columns();
      const found = [];
      for (let i = starts[edge.index]; i < starts[edge.index + 1]; i++) {
        const source = documentAt(data, data.document[i]);
        found.push({ ...source, quote: data.quote[i], date: source.date || (own.get(i) ?? "") });
      }
      return found;
    },

    /** Documents that name a node: [{title, date, source}], the latest first. */
    async documents(node) {
      const { data } = await columns();
      return data.seen[node.index].map((at) => documentAt(data, at)).sort((a, b) => b.date.localeCompare(a.date));
    },
  };
}

/** The address of a source when it is a web page, else null: nothing but http and https becomes a link. */
export function webAddress(source) {
  if (!/^https?:\/\//i.test(source ?? "")) return null;
  try {
    const { protocol, href } = new URL(source);
    return protocol === "http:" || protocol === "https:" ? href : null;
  } catch {
    return null;
  }
}
