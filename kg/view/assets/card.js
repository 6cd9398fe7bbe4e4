// The card of a node or of a relation, with the sentences that support each fact.
import { button, element, marked, sign, some } from "./dom.js";
import { webAddress } from "./evidence.js";
import { other } from "./model.js";
import { inUse, say } from "./words.js";

const FACTS = 12; // facts of one kind shown before "more"
const QUOTES = 2;
const OFFICES = 10;

const more = (count) => say("more", count);

/** "2019-01 – 2021-03-31", or one day, or "". */
export function span({ first, last }) {
  if (!first) return "";
  return last && last !== first ? `${first} – ${last}` : first;
}

/** Document title and date; a link where the source is a web page. */
function source(document) {
  const title = document.title || say("untitled");
  const address = webAddress(document.source);
  const name = address
    ? element("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, title)
    : element("span", { title: document.source || null }, title);
  return [name, document.date ? [" · ", element("span", { class: "date" }, document.date)] : null];
}

/**
 * Cards in a place of the page.
 *
 * @param place the element that they fill
 * @param model the graph
 * @param evidence see evidence.js
 * @param on what to call: node(node), near(node, depth), expand(node), from(node), to(node), close()
 */
export function makeCard(place, model, evidence, on) {
  const typeName = (type) => (inUse() === "zh" ? type.zh : [type.zh, " ", element("span", { lang: "en" }, type.name)]);

  function end(node) {
    return button({ class: "end" }, () => on.node(node), sign(node.kind), node.name);
  }

  /** An empty place that is filled when the evidence has been read. */
  function quotes(edge, limit) {
    const box = element("div", { class: "quotes" }, element("p", { class: "soft" }, say("reading")));
    const words = [edge.head, edge.tail].flatMap((node) => [node.name, ...node.aliases]).concat(edge.title);
    const make = (quote) =>
      element("blockquote", null, marked(quote.quote, words), element("cite", null, source(quote)));
    evidence.of(edge).then((found) => box.replaceChildren(...some("div", found, limit, make, more)));
    return box;
  }

  function heading(name, kind, mark) {
    return [
      element("div", { class: "top" }, mark, element("h2", null, name),
        button({ class: "plain close", "aria-label": say("close") }, on.close, "×")),
      element("p", { class: "kind" }, kind),
    ];
  }

  const rows = (pairs) =>
    element("dl", null, pairs.filter(([, value]) => value)
      .map(([key, value]) => [element("dt", null, say(key)), element("dd", null, value)]));

  const title = (text, count, lang) =>
    element("h3", null, element("span", null, text), lang ? element("span", { class: "soft", lang: "en" }, lang) : null,
      element("span", { class: "soft number" }, String(count)));

  /** Offices with their days: held by this node, or held in it. */
  function offices(node) {
    const held = node.edges.filter((edge) => edge.title);
    const own = held.filter((edge) => edge.head === node);
    const edges = (own.length ? own : held)
      .sort((a, b) => (a.first ?? "").localeCompare(b.first ?? "") || a.index - b.index);
    if (!edges.length) return [];
    const row = (edge) =>
      element("li", null, element("span", { class: "when soft" }, span(edge)), element("span", { class: "office" }, edge.title),
        " ", end(other(edge, node)));
    return [title(say(own.length ? "offices" : "holders"), edges.length),
      element("div", { class: "offices" }, some("ol", edges, OFFICES, row, more))];
  }

  /** The edges of a node by relation type and direction, in the schema's order. */
  function groups(node) {
    const found = new Map();
    for (const link of model.links) for (const out of [true, false]) found.set(`${link.index} ${out}`, [link, out, []]);
    for (const edge of node.edges) found.get(`${edge.link.index} ${edge.head === node}`)[2].push(edge);
    return [...found.values()].filter(([, , edges]) => edges.length);
  }

  function group(node, [link, out, edges]) {
    edges.sort((a, b) => (b.last ?? "").localeCompare(a.last ?? "") || a.index - b.index);
    const fact = (edge) =>
      element("li", null, element("span", { class: "when soft" }, span(edge)), end(other(edge, node)),
        edge.title ? element("span", { class: "office soft" }, edge.title) : null,
        button({ class: "plain whole-edge", "aria-label": `${link.zh} ${edge.head.name} → ${edge.tail.name}` }, () => on.edge(edge), "›"),
        quotes(edge, QUOTES));
    return [title(out ? link.zh : `← ${link.zh}`, edges.length, link.name), ...some("ul", edges, FACTS, fact, more)];
  }

  function open(...children) {
    place.replaceChildren(...children.flat(3).filter(Boolean));
    place.hidden = false;
    place.scrollTop = 0;
  }

  const levelName = (level) => (level && Object.hasOwn(model.levels, level) ? model.levels[level] : level);
  const percent = (score) => (score < 1 ? `${Math.round(score * 100)} %` : null);

  return {
    node(node, { near, depth }) {
      const seen = element("div", null);
      evidence.documents(node).then((found) => {
        if (!found.length) return;
        const line = (document) => element("div", { class: "document" }, source(document));
        seen.replaceChildren(title(say("seen"), found.length), ...some("div", found, 6, line, more));
      });
      const steps = [1, 2, 3].map((n) =>
        button({ class: "step", "aria-pressed": String(near && depth === n), "aria-label": `${say("near")} ${say("depth")} ${n}` },
          () => on.near(node, n), String(n)));
      open(
        heading(node.name, typeName(node.kind), sign(node.kind)),
        rows([
          ["aliases", node.aliases.join("、")],
          ["level", levelName(node.level)],
          ["code", node.code],
          ["place", node.place],
          ["when", span(node)],
          ["confidence", percent(node.score)],
        ]),
        element("div", { class: "actions" },
          element("span", { class: "steps near", role: "group", "aria-label": say("near") }, element("span", { class: "soft" }, say("near")), steps),
          button({ class: "expand" }, () => on.expand(node), say("expand")),
          button({ class: "from" }, () => on.from(node), say("from")),
          button({ class: "to" }, () => on.to(node), say("to"))),
        offices(node),
        groups(node).map((each) => group(node, each)),
        seen,
      );
    },

    edge(edge) {
      open(
        heading(edge.link.zh, element("span", { lang: "en" }, edge.link.name), null),
        element("p", { class: "triple" }, end(edge.head), ` —${edge.link.zh}→ `, end(edge.tail)),
        rows([["office", edge.title], ["when", span(edge)], ["confidence", percent(edge.score)]]),
        quotes(edge, 50),
      );
    },

    close() {
      place.hidden = true;
      place.replaceChildren();
    },
  };
}
