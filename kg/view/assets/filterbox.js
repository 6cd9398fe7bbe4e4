// The legend, which hides and shows entity types, and the box with the other filters.
import { button, element, sign } from "./dom.js";
import { countyChoices, isOpen, OPEN } from "./filters.js";
import { inUse, say } from "./words.js";

const toggled = (names, name) => (names.includes(name) ? names.filter((each) => each !== name) : [...names, name]);
const number = (value) => value.toLocaleString("en");

/** Two texts: how many of how many, or only how many where nothing is hidden. */
const share = (seen, all) => (seen === all ? number(all) : `${number(seen)} / ${number(all)}`);

/**
 * Legend and filter box, kept in step with a filter.
 *
 * @param places {legend, box}: the elements to fill
 * @param change called with the new filter
 * @returns {show(filter, seen)}
 */
export function makeFilters({ legend, box }, model, change) {
  const counties = countyChoices(model);
  const days = model.dates.length ? [model.dates[0], model.dates.at(-1)] : null;

  function showLegend(filter, seen) {
    legend.hidden = !model.kinds.length;
    legend.replaceChildren(...model.kinds.map((kind) => {
      const shown = !filter.kinds.includes(kind.name);
      return button({ "aria-pressed": String(shown) }, () => change({ ...filter, kinds: toggled(filter.kinds, kind.name) }),
        sign(kind), element("span", { class: "label" }, kind.zh),
        inUse() === "en" ? element("span", { class: "soft en", lang: "en" }, kind.name) : null,
        element("span", { class: "soft number" }, share(seen.kinds[kind.index], kind.count)));
    }));
  }

  function labelled(key, control) {
    return element("label", { class: "field" }, element("span", null, say(key)), control);
  }

  function dayInput(filter, key) {
    return element("input", {
      type: "text", inputmode: "numeric", pattern: "\\d{4}(-\\d{2}(-\\d{2})?)?", placeholder: days?.[key === "since" ? 0 : 1],
      value: filter[key], size: 10, disabled: !days, id: `filter-${key}`,
      onchange: (event) => event.target.checkValidity() && change({ ...filter, [key]: event.target.value }),
    });
  }

  function showBox(filter, seen) {
    const focused = document.activeElement?.id;
    const county = element("select", { id: "filter-county", onchange: (event) => change({ ...filter, county: event.target.value }) },
      element("option", { value: "" }, say("anywhere")),
      counties.map((node) => element("option", { value: node.id, selected: node.id === filter.county },
        `${{ province: "", prefecture: "\u2003", county: "\u2003\u2003" }[node.level]}${node.name}`)));
    const score = element("input", {
      type: "range", min: 0, max: 1, step: 0.05, value: filter.score, id: "filter-score", "aria-label": say("least"),
      "aria-valuetext": `${Math.round(filter.score * 100)} %`,
      onchange: (event) => change({ ...filter, score: Number(event.target.value) }),
    });
    const links = model.links.map((link) =>
      element("label", { class: "check" },
        element("input", {
          type: "checkbox", id: `filter-link-${link.index}`, checked: !filter.links.includes(link.name),
          onchange: () => change({ ...filter, links: toggled(filter.links, link.name) }),
        }),
        element("span", null, link.zh), element("span", { class: "soft", lang: "en" }, link.name),
        element("span", { class: "soft number" }, share(seen.links[link.index], link.count))));
    box.replaceChildren(
      labelled("county", county),
      element("div", { class: "pair" }, labelled("since", dayInput(filter, "since")), labelled("until", dayInput(filter, "until"))),
      element("div", { class: "field" }, element("span", null, `${say("least")} `, element("output", { for: "filter-score" }, filter.score ? `${Math.round(filter.score * 100)} %` : "–")), score),
      element("fieldset", null, element("legend", null, say("relations")), links),
      button({ class: "clear", disabled: isOpen(filter) }, () => change(OPEN), say("clear")),
    );
    if (focused) document.getElementById(focused)?.focus();
  }

  return {
    show(filter, seen) {
      showLegend(filter, seen);
      showBox(filter, seen);
    },
  };
}
