"use strict";
// The words of the interface in English and Chinese; data stays in its own language.
globalThis.KG = {};
(function (KG) {
  const WORDS = {
    en: {
      search: "Search names and aliases  ( / )",
      hits: "Results",
      nothing: "No entity of this name",
      picture: "Map of the knowledge graph; use the search to reach an entity by keyboard",
      legend: "Types; press to hide or show",
      details: "Details",
      whole: "← Whole graph",
      closer: "Zoom in",
      farther: "Zoom out",
      fit: "Show everything",
      close: "Close",
      near: "Neighbourhood only",
      aliases: "Also called",
      level: "Level",
      code: "Code",
      place: "In",
      seen: "Documents",
      office: "Office",
      when: "Seen",
      untitled: "Untitled document",
      more: (n) => `${n} more`,
      count: (shown, all, edges) =>
        shown === all ? `${all} entities · ${edges} relations` : `${shown} of ${all} entities · ${edges} relations`,
      other: "中文",
      empty: "This graph has no entities.",
    },
    zh: {
      search: "搜索名称或别名（ / ）",
      hits: "搜索结果",
      nothing: "没有这个名称",
      picture: "知识图谱；可用搜索框以键盘找到实体",
      legend: "类型；点击可隐藏或显示",
      details: "详情",
      whole: "← 全图",
      closer: "放大",
      farther: "缩小",
      fit: "显示全部",
      close: "关闭",
      near: "只看邻居",
      aliases: "别名",
      level: "级别",
      code: "区划代码",
      place: "所在",
      seen: "见于",
      office: "职务",
      when: "时间",
      untitled: "无题文档",
      more: (n) => `另有 ${n} 条`,
      count: (shown, all, edges) =>
        shown === all ? `${all} 个实体 · ${edges} 条关系` : `${all} 个实体中的 ${shown} 个 · ${edges} 条关系`,
      other: "English",
      empty: "图谱中没有实体。",
    },
  };
  let language = (navigator.language || "").toLowerCase().startsWith("zh") ? "zh" : "en";

  KG.say = function (key, ...values) {
    const words = WORDS[language][key];
    return typeof words === "function" ? words(...values) : words;
  };

  KG.switchLanguage = function () {
    language = language === "en" ? "zh" : "en";
  };

  /** Puts the words into the elements that ask for them by data-text, data-label and data-placeholder. */
  KG.translate = function () {
    for (const e of document.querySelectorAll("[data-text]")) e.textContent = KG.say(e.dataset.text);
    for (const e of document.querySelectorAll("[data-label]")) {
      e.setAttribute("aria-label", KG.say(e.dataset.label));
      if (e.tagName === "BUTTON") e.title = KG.say(e.dataset.label);
    }
    for (const e of document.querySelectorAll("[data-placeholder]")) e.placeholder = KG.say(e.dataset.placeholder);
    document.getElementById("language").textContent = KG.say("other");
    document.documentElement.lang = language === "zh" ? "zh-Hans" : "en";
  };
})(globalThis.KG);
