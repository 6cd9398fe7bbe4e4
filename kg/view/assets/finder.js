// A box to find an entity as one types: a combobox with a list of hits, wholly usable by keyboard.
import { element, sign } from "./dom.js";
import { inUse, say } from "./words.js";

const HITS = 12;

/**
 * Makes an input and a list into a finder.
 *
 * @param search see search.js
 * @param choose called with the node taken
 * @returns {show(node)}: puts a node's name into the box
 */
export function makeFinder(input, list, search, choose) {
  let hits = [];
  let active = -1;
  const label = list.id;

  function close() {
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  function take({ node }) {
    close();
    input.value = node.name;
    if (matchMedia("(pointer: coarse)").matches) input.blur(); // the screen's keyboard would hide the card
    choose(node);
  }

  function point(index) {
    active = index;
    for (const [i, item] of [...list.children].entries()) item.setAttribute("aria-selected", String(i === active));
    if (active < 0) return;
    input.setAttribute("aria-activedescendant", list.children[active].id);
    list.children[active].scrollIntoView({ block: "nearest" });
  }

  /** What to show beside a name: the alias that was found, the region that tells homonyms apart, the type. */
  function beside({ node, word }) {
    const parts = [word === node.name ? null : word, node.place ?? node.parent?.name, inUse() === "zh" ? node.kind.zh : node.kind.name];
    return parts.filter(Boolean).join(" · ");
  }

  function update() {
    const query = input.value.trim();
    hits = search(query, HITS);
    active = -1;
    if (!query) return close();
    const items = hits.map((hit, i) =>
      element("li", { role: "option", id: `${label}-${i}`, "aria-selected": "false", onclick: () => take(hit) },
        sign(hit.node.kind), element("span", { class: "name" }, hit.node.name), element("span", { class: "soft" }, beside(hit))));
    if (!items.length) items.push(element("li", { class: "none" }, say("nothing")));
    list.replaceChildren(...items);
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
  }

  input.addEventListener("input", update);
  input.addEventListener("focus", () => input.value && input.select());
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return; // Enter ends an input method's word, not the search
    if (event.key === "Escape" && !list.hidden) {
      close();
      event.stopPropagation();
    } else if (event.key === "Enter" && hits.length && !list.hidden) take(hits[Math.max(active, 0)]);
    else if (event.key === "ArrowDown" && hits.length) point((active + 1) % hits.length);
    else if (event.key === "ArrowUp" && hits.length) point((Math.max(active, 0) - 1 + hits.length) % hits.length);
    else return;
    event.preventDefault();
  });
  document.addEventListener("pointerdown", (event) => {
    if (!list.contains(event.target) && event.target !== input) close();
  });
  return {
    show(node) {
      input.value = node ? node.name : "";
    },
  };
}
