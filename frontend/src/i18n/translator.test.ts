import { expect, test } from "vitest";
import type { MessageKey } from "./catalogue";
import { en } from "./en";
import { languageOf, loadTranslator } from "./translator";
import { zhHans } from "./zh-Hans";

const holes = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort();

test("it works: words, plurals and parameters in both languages", async () => {
  const english = await loadTranslator("en");
  expect(english.plural("work.left", 1)).toBe("1 task left");
  expect(english.plural("work.left", 1200)).toBe("1,200 tasks left");
  expect(english.t("work.candidate", { label: "A" })).toBe("Edit A");
  expect((await loadTranslator("zh-Hans")).plural("work.left", 1)).toBe("还剩 1 个任务");
});

test("both catalogues name the same parameters in each message", () => {
  for (const key of Object.keys(en) as MessageKey[]) {
    expect([key, holes(zhHans[key])]).toEqual([key, holes(en[key])]);
  }
});

test("a protocol text falls back to English, then to what there is", async () => {
  const { text } = await loadTranslator("zh-Hans");
  expect(text({ en: "Level", "zh-Hans": "等级" })).toBe("等级");
  expect(text({ en: "Level", pt: "Nível" })).toBe("Level");
  expect(text({ pt: "Nível" })).toBe("Nível");
  expect(text(undefined)).toBe("");
});

test("the server's language tags are known in any case", () => {
  expect([languageOf("zh-hans"), languageOf("zh-CN"), languageOf("en"), languageOf("pt")]).toEqual([
    "zh-Hans",
    "zh-Hans",
    "en",
    "en",
  ]);
});
