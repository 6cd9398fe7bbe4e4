// The words of the interface in English and Chinese; data stays in its own language.

const number = (value) => value.toLocaleString("en");

const WORDS = {
  en: {
    search: "Search names, aliases, pinyin", hits: "Results", nothing: "Nothing of this name",
    picture: "Map of the graph. Arrow keys move, plus and minus zoom, N and P go to the next and previous entity drawn, Enter opens its neighbourhood, 0 shows everything, ? lists all keys.",
    legend: "Entity types; press to hide or show", details: "Details", whole: "Whole graph", closer: "Zoom in",
    farther: "Zoom out", fit: "Show everything", close: "Close", near: "Neighbourhood", depth: "Steps",
    filters: "Filter", ask: "Ask", time: "Time", take: "Take away", help: "Help",
    aliases: "Also called", level: "Level", code: "Code", place: "In", confidence: "Confidence", seen: "Documents", when: "Seen",
    office: "Office", offices: "Offices over time", holders: "Who held office here", untitled: "Untitled document",
    more: (n) => `${number(n)} more`, expand: "Expand", from: "Path from here", to: "Path to here",
    relations: "Relations", types: "Entity types", county: "Region", anywhere: "Anywhere", since: "From", until: "To",
    least: "Least confidence", clear: "Clear filters",
    hidden: (n) => `${number(n)} hidden`, cut: (n) => `${number(n)} neighbours more, not drawn`,
    count: (drawn, seen, edges) => `${number(drawn)} drawn of ${number(seen)} entities · ${number(edges)} relations`,
    start: "From", goal: "To", howMany: "Paths", paths: "Shortest paths", common: "Common neighbours", swap: "Swap",
    central: "Most central of what is shown", noPath: "No path between them, as filtered", noCommon: "No common neighbour, as filtered",
    path: (i, n) => `Path ${i}: ${n} steps`, commons: (n) => `${number(n)} in common`,
    twoNeeded: "Choose two entities from the lists",
    play: "Play", stop: "Stop", day: "Shown up to", all: "All days", undated: "This graph has no dates",
    png: "Picture (PNG)", svg: "Drawing (SVG)", csv: "Table (CSV)", cypher: "Copy Cypher", link: "Copy link",
    copied: "Copied", print: "Print", cypherHint: "The query that gives what is shown, from kg query or Neo4j:",
    empty: "This graph has no entities.", loading: "Opening the graph …", old: "This browser is too old to open the graph.",
    reading: "Reading …", other: "中文", entities: (n) => `${number(n)} entities inside`,
    keys: [
      ["/", "search"], ["← ↑ → ↓", "move"], ["+ −", "zoom"], ["0", "show everything"], ["N P", "next, previous entity"],
      ["Enter", "neighbourhood of the chosen"], ["E", "expand the chosen"], ["1 2 3", "steps of the neighbourhood"],
      ["F", "filters"], ["A", "ask"], ["T", "time"], ["D", "take away"], ["Esc", "close"], ["Alt ←", "back"],
    ],
    tips: "Click for a card, double-click for the neighbourhood, drag to move, wheel to zoom. Circles are regions; the number says how many entities lie in them.",
  },
  zh: {
    search: "搜索名称、别名或拼音", hits: "搜索结果", nothing: "没有这个名称",
    picture: "知识图谱地图。方向键移动，加减号缩放，N 和 P 选择下一个、上一个实体，回车查看邻居，0 显示全部，? 列出所有按键。",
    legend: "实体类型；点击可隐藏或显示", details: "详情", whole: "全图", closer: "放大", farther: "缩小", fit: "显示全部",
    close: "关闭", near: "邻居", depth: "步数", filters: "筛选", ask: "提问", time: "时间", take: "导出", help: "帮助",
    aliases: "别名", level: "级别", code: "区划代码", place: "所在", confidence: "可信度", seen: "见于文档", when: "时间",
    office: "职务", offices: "历任职务", holders: "任职者", untitled: "无题文档",
    more: (n) => `另有 ${number(n)} 条`, expand: "展开", from: "以此为起点", to: "以此为终点",
    relations: "关系", types: "实体类型", county: "地区", anywhere: "不限", since: "自", until: "至",
    least: "最低可信度", clear: "清除筛选",
    hidden: (n) => `已隐藏 ${number(n)} 个`, cut: (n) => `另有 ${number(n)} 个邻居未画出`,
    count: (drawn, seen, edges) => `画出 ${number(drawn)} 个 / 共 ${number(seen)} 个实体 · ${number(edges)} 条关系`,
    start: "起点", goal: "终点", howMany: "条数", paths: "最短路径", common: "共同邻居", swap: "对调",
    central: "所示图中最居中者", noPath: "按现有筛选，两者之间没有路径", noCommon: "按现有筛选，没有共同邻居",
    path: (i, n) => `路径 ${i}：${n} 步`, commons: (n) => `共同邻居 ${number(n)} 个`,
    twoNeeded: "请从列表中选定两个实体",
    play: "播放", stop: "停止", day: "显示至", all: "全部日期", undated: "图谱中没有日期",
    png: "图片 (PNG)", svg: "矢量图 (SVG)", csv: "表格 (CSV)", cypher: "复制 Cypher", link: "复制链接",
    copied: "已复制", print: "打印", cypherHint: "可得到所示子图的查询（kg query 或 Neo4j）：",
    empty: "图谱中没有实体。", loading: "正在打开图谱 …", old: "浏览器版本过低，无法打开图谱。",
    reading: "正在读取 …", other: "English", entities: (n) => `内有 ${number(n)} 个实体`,
    keys: [
      ["/", "搜索"], ["← ↑ → ↓", "移动"], ["+ −", "缩放"], ["0", "显示全部"], ["N P", "下一个、上一个实体"],
      ["Enter", "所选实体的邻居"], ["E", "展开所选实体"], ["1 2 3", "邻居步数"],
      ["F", "筛选"], ["A", "提问"], ["T", "时间"], ["D", "导出"], ["Esc", "关闭"], ["Alt ←", "后退"],
    ],
    tips: "单击看详情，双击看邻居，拖动移动，滚轮缩放。圆圈是地区，数字是其中的实体数。",
  },
};

let language = "en";

/** The language in use: en or zh. */
export function inUse() {
  return language;
}

/** Uses a language. */
export function speak(code) {
  language = code in WORDS ? code : "en";
}

/** A phrase in the language in use; some take numbers. */
export function say(key, ...values) {
  const words = WORDS[language][key];
  return typeof words === "function" ? words(...values) : words;
}

/** The keys that one language has and the other lacks; empty when they say the same. */
export function missing() {
  const [en, zh] = [Object.keys(WORDS.en), Object.keys(WORDS.zh)];
  return [...en.filter((key) => !(key in WORDS.zh)), ...zh.filter((key) => !(key in WORDS.en))];
}

/** Puts the words into the elements that ask for them by data-text, data-label and data-placeholder. */
export function translate(document) {
  for (const each of document.querySelectorAll("[data-text]")) each.textContent = say(each.dataset.text);
  for (const each of document.querySelectorAll("[data-label]")) {
    each.setAttribute("aria-label", say(each.dataset.label));
    if (each.tagName === "BUTTON") each.title = say(each.dataset.label);
  }
  for (const each of document.querySelectorAll("[data-placeholder]")) each.placeholder = say(each.dataset.placeholder);
  document.documentElement.lang = language === "zh" ? "zh-Hans" : "en";
}
