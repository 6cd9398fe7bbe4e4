// The box of questions: paths between two entities, what they have in common, who stands in the middle.
import { button, element, sign } from "./dom.js";
import { makeFinder } from "./finder.js";
import { say } from "./words.js";

const PATHS = 3;
const CENTRAL = 10;

/**
 * The box.
 *
 * @param box the element to fill
 * @param search see search.js
 * @param on what to call: ask(from, to, paths) where 0 paths means common neighbours; central() gives
 *   [{node, value}]; node(node)
 * @returns {show(state), pick(which, node), answer(text, paths)}
 */
export function makeAsk(box, search, on) {
  let ends = { from: null, to: null };
  const answer = element("div", { class: "answer", role: "status" });
  const finders = {};
  const often = element("input", { type: "number", id: "ask-paths", min: 1, max: 10, value: PATHS });

  function line(key) {
    const input = element("input", {
      type: "search", id: `ask-${key}`, role: "combobox", autocomplete: "off", spellcheck: "false", "aria-expanded": "false",
      "aria-controls": `ask-${key}-hits`, "aria-autocomplete": "list", "data-placeholder": "search",
      oninput: () => {
        ends[key] = null;
      },
    });
    const list = element("ul", { id: `ask-${key}-hits`, class: "hits", role: "listbox", "data-label": "hits", hidden: true });
    finders[key] = makeFinder(input, list, search, (node) => {
      ends[key] = node;
    });
    return element("div", { class: "field finder" },
      element("label", { for: `ask-${key}`, "data-text": key === "from" ? "start" : "goal" }), input, list);
  }

  function ask(paths) {
    if (!ends.from || !ends.to || ends.from === ends.to) {
      answer.textContent = say("twoNeeded");
      return;
    }
    on.ask(ends.from, ends.to, paths);
  }

  function names(nodes) {
    return element("ol", { class: "way" }, nodes.map((node) =>
      element("li", null, button({ class: "end" }, () => on.node(node), sign(node.kind), node.name))));
  }

  box.append(
    line("from"),
    line("to"),
    element("label", { class: "field" }, element("span", { "data-text": "howMany" }), often),
    element("div", { class: "actions" },
      button({ id: "ask-run", "data-text": "paths" }, () => ask(Math.min(10, Math.max(1, Number(often.value) || PATHS)))),
      button({ id: "ask-common", "data-text": "common" }, () => ask(0)),
      button({ id: "ask-swap", "data-text": "swap" }, () => pick({ from: ends.to, to: ends.from }))),
    element("div", { class: "actions" }, button({ id: "ask-central", "data-text": "central" }, () => {
      const found = on.central().slice(0, CENTRAL);
      answer.replaceChildren(element("h3", null, say("central")), element("ol", { class: "central" }, found.map(({ node, value }) =>
        element("li", null, button({ class: "end" }, () => on.node(node), sign(node.kind), node.name),
          element("span", { class: "soft number" }, `${(value * 100).toFixed(1)} %`)))));
    })),
    answer,
  );

  function pick(chosen) {
    ends = { ...ends, ...chosen };
    for (const key of ["from", "to"]) finders[key].show(ends[key]);
  }

  return {
    pick,
    ends: () => ends,
    /** Puts a question and its answer into the box. */
    show(from, to, paths, found) {
      pick({ from, to });
      if (paths) often.value = paths;
      if (!found.length) answer.textContent = say(paths ? "noPath" : "noCommon");
      else if (paths) {
        answer.replaceChildren(...found.flatMap((nodes, i) => [element("h3", null, say("path", i + 1, nodes.length - 1)), names(nodes)]));
      } else answer.replaceChildren(element("h3", null, say("commons", found.length)), names(found));
    },
    clear() {
      answer.replaceChildren();
    },
  };
}
