"use strict";
// The card of a node or of a relation, with the sentences that support each fact.
(function (KG) {
  const FACTS = 12; // facts of one kind shown before "more"
  const QUOTES = 2;

  const { element } = KG;

  function span(edge) {
    if (!edge.first) return null;
    const text = edge.last && edge.last !== edge.first ? `${edge.first} – ${edge.last}` : edge.first;
    return element("span", { class: "when soft" }, text);
  }

  /** A list that shows some of its items and the rest on a press. */
  function some(tag, items, limit, make) {
    const list = element(tag, { class: "facts" }, items.slice(0, limit).map(make));
    if (items.length <= limit) return [list];
    const more = element("button", { type: "button", class: "more" }, KG.say("more", items.length - limit));
    more.addEventListener("click", () => {
      list.append(...items.slice(limit).map(make));
      more.remove();
    });
    return [list, more];
  }

  /** Sources are shown as links only where they are web addresses. */
  function source(quote) {
    const title = quote.title || KG.say("untitled");
    const link = /^https?:\/\//i.test(quote.source || "")
      ? element("a", { href: quote.source, target: "_blank", rel: "noopener noreferrer" }, title)
      : title;
    return [link, ...(quote.date ? [" · ", element("span", { class: "date" }, quote.date)] : [])];
  }

  KG.panel = function (place, model, handlers) {
    function end(node) {
      const go = () => handlers.node(node);
      return element("button", { type: "button", class: "end", onclick: go }, KG.sign(node.kind), node.name);
    }

    function quotes(edge, limit) {
      const words = [edge.head, edge.tail].flatMap((node) => [node.name, ...node.aliases]);
      const make = (quote) =>
        element("blockquote", null, KG.marked(quote.quote, words), element("cite", null, source(quote)));
      return some("div", model.evidence(edge), limit, make);
    }

    const typeLine = (type) => [type.zh, " ", element("span", { lang: "en" }, type.name)];

    function heading(name, kind, sign) {
      const close = element("button", { type: "button", class: "plain close", onclick: handlers.close }, "×");
      close.setAttribute("aria-label", KG.say("close"));
      return [
        element("div", { class: "top" }, sign, element("h2", null, name), close),
        element("p", { class: "kind" }, kind),
      ];
    }

    const rows = (pairs) =>
      pairs.filter(([, value]) => value).flatMap(([key, value]) =>
        [element("dt", null, KG.say(key)), element("dd", null, value)]);

    /** The edges of a node by relation type and direction, in the schema's order. */
    function groups(node) {
      const found = new Map();
      for (const link of model.links) for (const out of [true, false]) found.set(`${link.name} ${out}`, [link, out, []]);
      for (const edge of node.edges) found.get(`${edge.link.name} ${edge.head === node}`)[2].push(edge);
      return [...found.values()].filter(([, , edges]) => edges.length);
    }

    function group(node, [link, out, edges]) {
      edges.sort((a, b) => (b.last || "").localeCompare(a.last || "") || a.index - b.index);
      const fact = (edge) =>
        element("li", null, span(edge), end(model.other(edge, node)),
          edge.title ? element("span", { class: "office soft" }, edge.title) : null, quotes(edge, QUOTES));
      return [
        element("h3", null, element("span", null, out ? link.zh : `← ${link.zh}`),
          element("span", { class: "soft", lang: "en" }, link.name), element("span", { class: "soft" }, `${edges.length}`)),
        ...some("ul", edges, FACTS, fact),
      ];
    }

    function open(...children) {
      place.replaceChildren(...children.flat());
      place.hidden = false;
      place.scrollTop = 0;
    }

    return {
      node(node, isNear) {
        const near = element("button", { type: "button", class: "near", onclick: () => handlers.near(node) }, KG.say("near"));
        const seen = model.documents(node);
        const titles = some("div", seen, 6, (document) => element("div", { class: "document" }, source(document)));
        open(
          heading(node.name, typeLine(node.kind), KG.sign(node.kind)),
          element("dl", null, rows([
            ["aliases", node.aliases.join("、")], ["level", model.levels[node.level] || node.level], ["code", node.code],
            ["place", node.place],
          ])),
          isNear || !node.edges.length ? [] : near,
          groups(node).flatMap((each) => group(node, each)),
          seen.length
            ? [element("h3", null, element("span", null, KG.say("seen")), element("span", { class: "soft" }, `${seen.length}`)), ...titles]
            : [],
        );
      },

      edge(edge) {
        const triple = element("p", { class: "triple" }, end(edge.head), ` —${edge.link.zh}→ `, end(edge.tail));
        const when = edge.last && edge.last !== edge.first ? `${edge.first} – ${edge.last}` : edge.first;
        open(
          heading(edge.link.zh, element("span", { lang: "en" }, edge.link.name), null),
          triple,
          element("dl", null, rows([["office", edge.title], ["when", when]])),
          quotes(edge, 50),
        );
      },

      close() {
        place.hidden = true;
        place.replaceChildren();
      },
    };
  };
})(globalThis.KG);
