import { expect, test } from "vitest";
import { holds, marked, sectionsOf, wordsOf } from "./guideline";

const guideline = `
Before all.

# How to look

Read **all** of it.

- Look once.
- Look twice,
  and rest.

# Cases
At once.
`;

test("sections hold paragraphs and lists under their headings", () => {
  expect(sectionsOf(guideline)).toEqual([
    { title: "", blocks: [{ kind: "text", text: "Before all." }] },
    {
      title: "How to look",
      blocks: [
        { kind: "text", text: "Read **all** of it." },
        { kind: "list", points: ["Look once.", "Look twice,\n  and rest."] },
      ],
    },
    { title: "Cases", blocks: [{ kind: "text", text: "At once." }] },
  ]);
});

test("a search finds headings and points, whatever the case", () => {
  const found = (query: string) =>
    sectionsOf(guideline)
      .filter((section) => holds(wordsOf(section), query))
      .map((section) => section.title);
  expect(found("LOOK")).toEqual(["How to look"]);
  expect(found(" once ")).toEqual(["How to look", "Cases"]);
  expect(found("")).toEqual(["", "How to look", "Cases"]);
  expect(found("nowhere")).toEqual([]);
});

test("matches are marked where they stand", () => {
  expect(marked("Once, and once more", "ONCE")).toEqual([
    { text: "Once", marked: true },
    { text: ", and ", marked: false },
    { text: "once", marked: true },
    { text: " more", marked: false },
  ]);
  expect(marked("Read **all**", "")).toEqual([{ text: "Read all", marked: false }]);
  expect(marked("原图与候选图", "候选")).toEqual([
    { text: "原图与", marked: false },
    { text: "候选", marked: true },
    { text: "图", marked: false },
  ]);
  expect(marked("İstanbul is", "is")).toEqual([
    { text: "İstanbul ", marked: false },
    { text: "is", marked: true },
  ]);
});
