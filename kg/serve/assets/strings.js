// What the page says, in English and Chinese, by the browser's language.

const STRINGS = {
  questions: ["Questions", "查询"],
  viewer: ["Viewer", "图谱"],
  cookbook: ["Cookbook", "常用查询"],
  choose: ["choose a question…", "选择一个问题……"],
  statement: ["Cypher (read-only)", "Cypher（只读）"],
  parameters: ["Parameters (JSON)", "参数（JSON）"],
  run: ["Run", "运行"],
  running: ["running…", "运行中……"],
  table: ["Table", "表格"],
  graph: ["Graph", "图"],
  limits: ["at most {rows} rows, {seconds} s", "最多 {rows} 行，{seconds} 秒"],
  done: ["{rows} rows, {seconds} s", "{rows} 行，{seconds} 秒"],
  truncated: ["only the first {rows} rows", "只显示前 {rows} 行"],
  undrawn: ["{more} nodes not drawn", "另有 {more} 个节点未画出"],
  nothing: ["no node or relationship in the answer: return one, such as RETURN o, r, c",
    "结果中没有节点或关系，请返回节点或关系，例如 RETURN o, r, c"],
  badParameters: ["the parameters are not JSON: ", "参数不是 JSON："],
  place: ["line {line}, column {column}: ", "第 {line} 行第 {column} 列："],
  lost: ["kg serve does not answer any more", "kg serve 已停止"],
  loggedOut: ["log in again: reload this page", "请重新登录：刷新本页"],
};

export const chinese = navigator.language.toLowerCase().startsWith("zh");

export function say(key, values = {}) {
  const text = STRINGS[key][chinese ? 1 : 0];
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}
