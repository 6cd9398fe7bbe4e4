// An answer as a table.

import { element, shown } from "./dom.js";

export function fillTable(place, answer) {
  const table = element("table");
  const head = table.createTHead().insertRow();
  for (const column of answer.columns) head.append(element("th", column, { scope: "col" }));
  const body = table.createTBody();
  for (const row of answer.rows) {
    const line = body.insertRow();
    for (const value of row) {
      const cell = element("td", shown(value));
      if (typeof value === "number") cell.className = "number";
      line.append(cell);
    }
  }
  place.replaceChildren(table);
}
