"use strict";
// The legend of entity types, which hides and shows them.
(function (KG) {
  KG.legend = function (place, model, changed) {
    const hidden = new Set();
    for (const kind of model.kinds) {
      const button = KG.element("button", { type: "button", "aria-pressed": "true" },
        KG.sign(kind), KG.element("span", { class: "label" }, kind.zh),
        KG.element("span", { class: "soft en", lang: "en" }, kind.name),
        KG.element("span", { class: "soft number" }, `${kind.count}`));
      button.addEventListener("click", () => {
        if (!hidden.delete(kind)) hidden.add(kind);
        button.setAttribute("aria-pressed", String(!hidden.has(kind)));
        changed();
      });
      place.append(button);
    }
    place.hidden = !model.kinds.length;
    return hidden;
  };
})(globalThis.KG);
