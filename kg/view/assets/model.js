"use strict";
// The graph as the page knows it: nodes and edges by position, with search. No drawing here.
(function (KG) {
  const MANY = 2000; // above this number of nodes the page opens with the most connected ones
  const OPENING = 600;
  const NEIGHBOURS = 60; // brought in at once for a node that was not shown

  function read(id) {
    return JSON.parse(document.getElementById(id).textContent);
  }

  KG.model = function () {
    const data = read("graph-data");
    // The layout is wider than high; on an upright screen it lies on its side.
    const upright = innerHeight > innerWidth;
    const point = (x, y) => (upright ? { x: y, y: x } : { x, y });
    let evidence = null;
    const kinds = data.kinds.map(([name, zh, colour, shape]) => ({ name, zh, colour, shape, count: 0 }));
    const links = data.links.map(([name, zh]) => ({ name, zh }));
    const documents = data.documents.map(([title, date, source]) => ({ title, date, source }));
    const nodes = data.nodes.map(([id, kind, name, aliases, level, code, place, x, y, size], index) => {
      kinds[kind].count += 1;
      const words = [name, ...aliases].map((word) => word.toLowerCase());
      return { index, id, kind: kinds[kind], name, aliases, level, code, place, ...point(x, y), size, words, edges: [], ground: 0 };
    });
    const edges = data.edges.map(([link, head, tail, title, first, last], index) => {
      const edge = { index, link: links[link], head: nodes[head], tail: nodes[tail], title, first, last };
      edge.head.edges.push(edge);
      if (tail !== head) edge.tail.edges.push(edge);
      return edge;
    });
    const grounds = data.grounds.map(([node, x, y, radius, depth]) => {
      nodes[node].ground = radius;
      return { node: nodes[node], ...point(x, y), radius, depth };
    });
    const byId = new Map(nodes.map((node) => [node.id, node]));
    const important = [...nodes].sort((a, b) => b.edges.length - a.edges.length || a.index - b.index);

    const other = (edge, node) => (edge.head === node ? edge.tail : edge.head);

    function neighbours(node) {
      const found = new Set(node.edges.map((edge) => other(edge, node)));
      found.delete(node);
      return [...found].sort((a, b) => b.edges.length - a.edges.length || a.index - b.index);
    }

    /** How well a node answers a query: lower is better, null is not at all. */
    function fit(node, query) {
      let best = null;
      node.words.forEach((word, i) => {
        const at = word.indexOf(query);
        if (at < 0) return;
        const grade = (word === query ? 0 : at === 0 ? 2 : 4) + (i > 0 ? 1 : 0);
        if (best === null || grade < best) best = grade;
      });
      return best;
    }

    return {
      kinds, links, nodes, edges, grounds, levels: data.levels, other, neighbours,
      find: (id) => byId.get(id) || null,
      opening: () => new Set(nodes.length > MANY ? important.slice(0, OPENING) : nodes),
      around: (node) => [node, ...neighbours(node).slice(0, NEIGHBOURS)],

      search(text, limit) {
        const query = text.trim().toLowerCase();
        if (!query) return [];
        const hits = [];
        for (const node of important) {
          const grade = fit(node, query);
          if (grade !== null) hits.push([grade, node]);
        }
        return hits.sort((a, b) => a[0] - b[0]).slice(0, limit).map(([, node]) => node);
      },

      /** Quotes of an edge with their documents; the evidence is parsed at the first call. */
      evidence(edge) {
        evidence = evidence || read("evidence-data");
        return evidence.edges[edge.index].map(([at, quote, date]) => {
          const source = documents[at] || { title: "", date: null, source: "" };
          return { quote, title: source.title, date: source.date || date, source: source.source };
        });
      },

      documents(node) {
        evidence = evidence || read("evidence-data");
        return evidence.nodes[node.index].map((at) => documents[at]);
      },
    };
  };
})(globalThis.KG);
