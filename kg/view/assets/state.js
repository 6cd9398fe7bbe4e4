// What is looked at, as text for the part of the address behind #, and back.
import { OPEN } from "./filters.js";

/** Nothing chosen, the whole map, no filter. */
export const START = Object.freeze({
  node: "", edge: -1, near: "", depth: 1, open: [], from: "", to: "", paths: 0, filter: OPEN, camera: null,
});

const LIST = ",";
const DAY = /^\d{4}(-\d{2}(-\d{2})?)?$/;

/** A state as text; only what differs from the start is written. */
export function writeState(state) {
  const words = new URLSearchParams();
  const { filter } = state;
  const set = (key, value) => value && words.set(key, value);
  const list = (values) => values.map(encodeURIComponent).join(LIST);
  set("node", state.node);
  if (state.edge >= 0) words.set("edge", state.edge);
  set("near", state.near);
  if (state.near && state.depth > 1) words.set("depth", state.depth);
  set("open", list(state.open));
  if (state.from && state.to) {
    words.set("from", state.from);
    words.set("to", state.to);
    set("paths", state.paths);
  }
  set("hide", list(filter.kinds));
  set("without", list(filter.links));
  set("since", filter.since);
  set("until", filter.until);
  set("county", filter.county);
  set("score", filter.score);
  if (state.camera) words.set("at", state.camera.map((value) => Number(value.toPrecision(5))).join(LIST));
  return words.toString();
}

/** The state that a text describes; what is not understood is left as at the start. */
export function readState(text) {
  const words = new URLSearchParams(text.replace(/^#/, ""));
  const get = (key) => words.get(key) ?? "";
  const list = (key) => get(key).split(LIST).filter(Boolean).map(decoded);
  const whole = (key, least, most, otherwise) => {
    const value = Number.parseInt(get(key), 10);
    return value >= least && value <= most ? value : otherwise;
  };
  const day = (key) => (DAY.test(get(key)) ? get(key) : "");
  const score = Number(get("score"));
  const camera = get("at").split(LIST).map(Number);
  return {
    node: get("node"),
    edge: whole("edge", 0, 1e9, -1),
    near: get("near"),
    depth: whole("depth", 1, 3, 1),
    open: list("open"),
    from: get("from"),
    to: get("to"),
    paths: whole("paths", 0, 20, 0),
    filter: {
      kinds: list("hide"),
      links: list("without"),
      since: day("since"),
      until: day("until"),
      county: get("county"),
      score: score > 0 && score <= 1 ? score : 0,
    },
    camera: camera.length === 3 && camera.every(Number.isFinite) && camera[2] > 0 ? camera : null,
  };
}

function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // a % that somebody typed
  }
}
