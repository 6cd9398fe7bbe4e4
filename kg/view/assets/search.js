"use strict";
// Search as you type: a combobox with a list of hits, wholly usable by keyboard.
(function (KG) {
  const HITS = 12;

  KG.finder = function (input, list, model, choose) {
    let hits = [];
    let active = -1;

    function close() {
      list.hidden = true;
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
    }

    function take(node) {
      close();
      input.value = node.name;
      if (matchMedia("(pointer: coarse)").matches) input.blur(); // the screen's keyboard would hide the card
      choose(node);
    }

    function point(index) {
      active = index;
      [...list.children].forEach((item, i) => item.setAttribute("aria-selected", String(i === active)));
      if (active < 0) return;
      input.setAttribute("aria-activedescendant", list.children[active].id);
      list.children[active].scrollIntoView({ block: "nearest" });
    }

    /** What to show beside a name: the alias that was found, or the region that tells homonyms apart. */
    function beside(node, query) {
      const alias = node.words[0].includes(query) ? null : node.aliases.find((a) => a.toLowerCase().includes(query));
      return [alias, node.place, node.kind.zh].filter((part) => part).join(" · ");
    }

    function update() {
      const query = input.value.trim().toLowerCase();
      hits = model.search(query, HITS);
      active = -1;
      if (!query) return close();
      const items = hits.map((node, i) =>
        KG.element("li", { role: "option", id: `hit-${i}`, "aria-selected": "false", onclick: () => take(node) },
          KG.sign(node.kind), KG.element("span", { class: "name" }, node.name),
          KG.element("span", { class: "soft" }, beside(node, query))));
      if (!items.length) items.push(KG.element("li", { class: "none" }, KG.say("nothing")));
      list.replaceChildren(...items);
      list.hidden = false;
      input.setAttribute("aria-expanded", "true");
    }

    input.addEventListener("input", update);
    input.addEventListener("focus", () => {
      if (input.value) input.select();
    });
    input.addEventListener("keydown", (event) => {
      if (event.isComposing) return; // Enter ends an input method's word, not the search
      if (event.key === "Escape") close();
      else if (event.key === "Enter" && hits.length && !list.hidden) take(hits[Math.max(active, 0)]);
      else if (event.key === "ArrowDown" && hits.length) point((active + 1) % hits.length);
      else if (event.key === "ArrowUp" && hits.length) point((Math.max(active, 0) - 1 + hits.length) % hits.length);
      else return;
      event.preventDefault();
    });
    document.addEventListener("pointerdown", (event) => {
      if (!list.contains(event.target) && event.target !== input) close();
    });
    document.addEventListener("keydown", (event) => {
      if (event.key !== "/" || event.target === input) return;
      event.preventDefault();
      input.focus();
    });
  };
})(globalThis.KG);
