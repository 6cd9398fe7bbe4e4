// A slider over the days of the documents, with a histogram, that can play the graph as it grew.
import { button, element } from "./dom.js";
import { say } from "./words.js";

const STEPS = 120;
const BEAT = 140; // milliseconds a step

/** How many edges were first seen in each of some equal parts of the known days, and the last day of each part. */
export function histogram(model, parts = STEPS) {
  const days = model.dates.map(dayNumber);
  if (!days.length) return { counts: [], ends: [] };
  const begin = days[0];
  const length = Math.max(1, days.at(-1) - begin) / parts;
  const counts = new Array(parts).fill(0);
  for (const { from } of model.edges) {
    if (from >= 0) counts[Math.min(parts - 1, Math.floor((days[from] - begin) / length))] += 1;
  }
  const ends = counts.map((_, i) => (i === parts - 1 ? model.dates.at(-1) : iso(begin + Math.ceil(length * (i + 1)))));
  return { counts, ends };
}

/** Days since 1970 of a day, a month or a year. */
function dayNumber(text) {
  const [year, month = "1", day = "1"] = text.split("-");
  return Math.round(Date.UTC(Number(year), Number(month) - 1, Number(day)) / 86_400_000) || 0;
}

const iso = (day) => new Date(day * 86_400_000).toISOString().slice(0, 10);

/**
 * The bar with slider and button.
 *
 * @param place the element to fill
 * @param change called with the day up to which to show, "" for all
 * @returns {show(until), stop()}
 */
export function makeTimeline(place, model, change) {
  const { counts, ends } = histogram(model);
  let timer = 0;
  const slider = element("input", {
    type: "range", id: "time-slider", min: 0, max: Math.max(0, ends.length - 1), value: ends.length, step: 1, disabled: !ends.length,
    oninput: () => {
      stop();
      set();
    },
  });
  const shown = element("output", { id: "time-day", for: "time-slider" });
  const play = button({ id: "time-play", disabled: !ends.length }, () => (timer ? stop() : start()));
  const bars = chart(counts);

  function set() {
    const last = Number(slider.value) >= ends.length - 1;
    change(last ? "" : ends[Number(slider.value)]);
  }

  function stop() {
    clearInterval(timer);
    timer = 0;
    play.textContent = say("play");
    play.setAttribute("aria-pressed", "false");
  }

  function start() {
    if (Number(slider.value) >= ends.length - 1) slider.value = 0;
    play.textContent = say("stop");
    play.setAttribute("aria-pressed", "true");
    timer = setInterval(() => {
      slider.value = Number(slider.value) + 1;
      set();
      if (Number(slider.value) >= ends.length - 1) stop();
    }, BEAT);
  }

  place.append(play, element("div", { class: "track" }, bars, slider), shown);
  return {
    stop,
    show(until) {
      const at = until ? ends.findIndex((day) => day >= until) : ends.length - 1;
      slider.value = at < 0 ? ends.length - 1 : at;
      const text = ends.length ? until || say("all") : say("undated");
      shown.textContent = text;
      slider.setAttribute("aria-label", say("day"));
      slider.setAttribute("aria-valuetext", text);
      if (!timer) play.textContent = say("play");
    },
  };
}

function chart(counts) {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  svg.setAttribute("viewBox", `0 0 ${Math.max(1, counts.length)} 20`);
  svg.setAttribute("preserveAspectRatio", "none");
  svg.setAttribute("aria-hidden", "true");
  const most = Math.max(1, ...counts);
  counts.forEach((count, i) => {
    const bar = document.createElementNS(space, "rect");
    const height = (count / most) * 20;
    for (const [key, value] of Object.entries({ x: i + 0.1, y: 20 - height, width: 0.8, height })) bar.setAttribute(key, value);
    svg.append(bar);
  });
  return svg;
}
