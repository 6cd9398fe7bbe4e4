// The page: a question in, a table and a graph out.

import { byId, element } from "./dom.js";
import { draw } from "./picture.js";
import { chinese, say, translate } from "./strings.js";
import { fillTable } from "./table.js";

const START = "MATCH (o:Official)-[r:LEADS]->(c:County)\nRETURN o, r, c LIMIT 25";
let about = { cookbook: [], colours: {}, limits: {} };
let latest = null;

async function start() {
  translate();
  byId("cypher").value = START;
  about = await (await fetch("/about")).json();
  byId("limits").textContent = say("limits", about.limits);
  byId("cookbook").append(element("option", say("choose"), { value: "" }));
  for (const query of about.cookbook) {
    byId("cookbook").append(element("option", chinese ? query.zh : query.en, { value: query.name }));
  }
  byId("cookbook").addEventListener("change", choose);
  byId("ask").addEventListener("submit", (event) => {
    event.preventDefault();
    ask();
  });
  byId("ask").addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) ask();
  });
  byId("as-table").addEventListener("click", () => show("table"));
  byId("as-graph").addEventListener("click", () => show("graph"));
  document.documentElement.dataset.ready = "";
}

function choose() {
  const query = about.cookbook.find((each) => each.name === byId("cookbook").value);
  if (!query) return;
  byId("cypher").value = query.cypher;
  byId("parameters").value = JSON.stringify(query.parameters);
}

async function ask() {
  if (byId("run").disabled) return;
  let parameters;
  try {
    parameters = JSON.parse(byId("parameters").value.trim() || "{}");
  } catch (error) {
    fail({ message: say("badParameters") + error.message });
    return;
  }
  byId("run").disabled = true;
  byId("error").hidden = true;
  byId("status").textContent = say("running");
  try {
    const response = await fetch("/query", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ cypher: byId("cypher").value, parameters }),
    });
    if (response.status === 401) fail({ message: say("loggedOut") });
    else if (!response.ok) fail({ message: await response.text() });
    else tell(await response.json());
  } catch {
    fail({ message: say("lost") });
  } finally {
    byId("run").disabled = false;
  }
}

function tell(answer) {
  if (answer.error) {
    fail(answer.error);
    return;
  }
  latest = answer;
  const words = [say("done", { rows: answer.rows.length, seconds: answer.seconds })];
  if (answer.truncated) words.push(say("truncated", about.limits));
  if (answer.graph.more) words.push(say("undrawn", answer.graph));
  byId("status").textContent = [...words, ...answer.notes].join(" · ");
  fillTable(byId("table"), answer);
  byId("answer").hidden = false;
  show(answer.graph.nodes.length ? "graph" : "table");
}

function fail(error) {
  byId("status").textContent = "";
  byId("answer").hidden = true;
  byId("message").textContent = (error.line ? say("place", error) : "") + error.message;
  byId("place").textContent = error.line ? `${error.source}\n${error.caret}` : "";
  byId("error").hidden = false;
  if (error.line) point(error);
}

// Puts the cursor where the fault is; the server counts characters, the text field UTF-16 units.
function point({ line, column }) {
  const field = byId("cypher");
  const lines = field.value.split("\n");
  const before = lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0);
  const at = before + [...lines[line - 1]].slice(0, column - 1).join("").length;
  field.focus();
  field.setSelectionRange(at, Math.min(at + 1, field.value.length));
}

function show(kind) {
  for (const name of ["table", "graph"]) {
    byId(name).hidden = name !== kind;
    byId(`as-${name}`).setAttribute("aria-selected", String(name === kind));
  }
  if (kind !== "graph") return;
  if (latest.graph.nodes.length) draw(byId("picture"), byId("details"), latest.graph, about.colours);
  else {
    byId("picture").replaceChildren(element("p", say("nothing")));
    byId("details").replaceChildren();
  }
}

start();
