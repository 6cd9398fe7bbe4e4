// What can be taken away: pictures, a table, the query for the same, a link.
import { button, element } from "./dom.js";
import { toCsv } from "./csv.js";
import { toCypher } from "./cypher.js";
import { paint } from "./paint.js";
import { canvasPen, svgPen } from "./pen.js";
import { say } from "./words.js";

const SHARP = 2; // pixels of the picture for one of the screen

/** A name for a file: what file systems refuse is replaced. */
export function fileName(title, ending) {
  const safe = title.replace(/[\p{Cc}\p{Cs}\\/:*?"<>|.\u2028\u2029]+/gu, " ").trim().slice(0, 80);
  return `${safe || "graph"}.${ending}`;
}

function save(blob, name) {
  const address = URL.createObjectURL(blob);
  const link = element("a", { href: address, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // Pages in frames and old browsers may not; the selection still can.
    const box = element("textarea", { class: "aside", readonly: true });
    box.value = text;
    document.body.append(box);
    box.select();
    document.execCommand("copy");
    box.remove();
  }
}

/**
 * The box of things to take away.
 *
 * @param box the element to fill
 * @param title the page's title, for files
 * @param shown gives {nodes, edges, all (every edge among the nodes), view, camera, look}
 */
export function makeTakeaway(box, title, shown) {
  const query = element("textarea", { id: "cypher-text", readonly: true, rows: 6, spellcheck: "false", "aria-labelledby": "cypher-hint" });
  const told = element("p", { class: "soft", role: "status", id: "take-status" });
  const cypher = () => {
    const { nodes, edges, all } = shown();
    return toCypher(nodes, edges, all);
  };
  const done = () => {
    told.textContent = say("copied");
  };

  function png() {
    const { view, camera, look } = shown();
    const canvas = document.createElement("canvas");
    canvas.width = camera.width * SHARP;
    canvas.height = camera.height * SHARP;
    const ctx = canvas.getContext("2d");
    ctx.scale(SHARP, SHARP);
    const pen = canvasPen(ctx);
    pen.box(0, 0, camera.width, camera.height, look.colours.paper);
    paint(pen, view, look);
    canvas.toBlob((blob) => save(blob, fileName(title, "png")), "image/png");
  }

  function svg() {
    const { view, camera, look } = shown();
    const measure = canvasPen(document.createElement("canvas").getContext("2d")).measure;
    const pen = svgPen(camera.width, camera.height, measure);
    pen.box(0, 0, camera.width, camera.height, look.colours.paper);
    paint(pen, view, look);
    save(new Blob([pen.document(title)], { type: "image/svg+xml" }), fileName(title, "svg"));
  }

  function csv() {
    const { nodes, edges } = shown();
    save(new Blob([toCsv(nodes, edges)], { type: "text/csv;charset=utf-8" }), fileName(title, "csv"));
  }

  box.append(
    button({ id: "take-png", "data-text": "png" }, png),
    button({ id: "take-svg", "data-text": "svg" }, svg),
    button({ id: "take-csv", "data-text": "csv" }, csv),
    button({ id: "take-link", "data-text": "link" }, () => copy(location.href).then(done)),
    button({ id: "take-print", "data-text": "print" }, () => globalThis.print()),
    element("p", { class: "soft", id: "cypher-hint", "data-text": "cypherHint" }),
    query,
    button({ id: "take-cypher", "data-text": "cypher" }, () => {
      query.value = cypher();
      copy(query.value).then(done);
    }),
    told,
  );
  return {
    /** Brings the query into step with what is shown. */
    show() {
      query.value = cypher();
      told.textContent = "";
    },
  };
}
