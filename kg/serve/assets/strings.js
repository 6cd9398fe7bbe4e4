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
  review: ["Review", "核对"],
  reviewAbout: ["Are the two one? Decisions are kept in {file}; they take effect with the next kg build.",
    "这两个名称指的是同一个吗？决定保存在 {file} 中，下次运行 kg build 时生效。"],
  noQueue: ["This folder holds no queue (no resolution.json): build the graph again with kg build.",
    "此文件夹中没有待核对的队列（缺少 resolution.json），请用 kg build 重新构建图谱。"],
  noDoubts: ["Nothing waits to be decided.", "没有待核对的名称。"],
  progress: ["{decided} of {all} decided", "已核对 {decided} / {all}"],
  score: ["{kind} · score {score}", "{kind} · 得分 {score}"],
  people: ["People", "人物"],
  same: ["Same", "相同"],
  different: ["Different", "不同"],
  unsure: ["Unsure", "不确定"],
  undo: ["Undo", "撤销"],
  undoThis: ["Undo: {pair}", "撤销：{pair}"],
  undone: ["Undone: {pair}.", "已撤销：{pair}。"],
  kept: ["Kept: {verdict}: {pair}.", "已保存：{verdict}：{pair}。"],
  next: ["Next: {pair}", "下一对：{pair}"],
  speaks: ["What speaks for and against", "依据"],
  decided: ["Decided", "已做的决定"],
  documents: ["documents: {count}", "{count} 篇文章"],
  undated: ["no date", "无日期"],
  inViewer: ["in the viewer", "在图谱中查看"],
  verdicts: ["Verdict", "判断"],
};

export const chinese = navigator.language.toLowerCase().startsWith("zh");

export function say(key, values = {}) {
  const text = STRINGS[key][chinese ? 1 : 0];
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}

// Fills in what the page itself says.
export function translate() {
  document.documentElement.lang = chinese ? "zh-CN" : "en";
  for (const each of document.querySelectorAll("[data-text]")) each.textContent = say(each.dataset.text);
  for (const each of document.querySelectorAll("[data-label]")) each.setAttribute("aria-label", say(each.dataset.label));
}
