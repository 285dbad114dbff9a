import { noAnswers } from "./answers";
import type { Entry, EntryStore } from "./entries";
import type { Answers, Assignment, ProtocolDocument } from "./model";

/** An assignment with candidates A, B, … for tests. */
export function makeAssignment(
  id: string,
  count = 2,
  fields: Partial<Assignment> = {},
): Assignment {
  const labels = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"].slice(0, count);
  return {
    id,
    lease_expires_at: "2030-01-01T00:00:00Z",
    protocol: "digest",
    instruction: `Instruction ${id}`,
    instruction_lang: "en",
    instruction_translations: {},
    source: { url: `/i/${id}-source`, width: 500, height: 500 },
    candidates: labels.map((label) => ({
      label,
      url: `/i/${id}-${label}`,
      width: 1024,
      height: 1024,
    })),
    edit_mask: null,
    draft: null,
    ...fields,
  };
}

const level = (value: number) => ({ value, name: { en: `Name ${value}` }, text: { en: "Text" } });

/** A protocol of two dimensions with four levels each for tests. */
export function makeProtocol(): ProtocolDocument {
  const dimension = (key: string) => ({
    key,
    name: { en: key },
    question: { en: "?" },
    criteria: [],
    levels: [1, 2, 3, 4].map(level),
  });
  return {
    key: "test",
    number: 1,
    languages: ["en"],
    title: { en: "Test" },
    guideline: { en: "Guideline" },
    dimensions: [dimension("following"), dimension("quality")],
    cannot_judge_reasons: [{ key: "broken", text: { en: "Broken" } }],
    low_score_reasons: [],
  };
}

/** Answers with ratings written as "A following 3". */
export function makeAnswers(...ratings: string[]): Answers {
  const parsed = ratings.map((text) => {
    const [label = "", dimension = "", value] = text.split(" ");
    return { label, dimension, value: Number(value) };
  });
  return { ...noAnswers, ratings: parsed };
}

/** A store of entries in memory that several outboxes may share, like a browser's database. */
export function makeEntryStore(): EntryStore & { rows: Map<string, Entry> } {
  const rows = new Map<string, Entry>();
  return {
    rows,
    all: async (user) => [...rows.values()].filter((entry) => entry.user === user),
    put: async (entry) => {
      rows.set(entry.key, structuredClone(entry));
    },
    delete: async (key) => {
      rows.delete(key);
    },
  };
}

/** A clock that runs what is due only when it is told to. */
export function makeClock() {
  let now = 0;
  let due: { at: number; run: () => void }[] = [];
  return {
    later(run: () => void, milliseconds: number): () => void {
      const item = { at: now + milliseconds, run };
      due.push(item);
      return () => {
        due = due.filter((other) => other !== item);
      };
    },
    /** Lets time pass and promises settle. */
    async pass(milliseconds: number): Promise<void> {
      const end = now + milliseconds;
      await settle();
      for (let next = earliest(due, end); next; next = earliest(due, end)) {
        now = next.at;
        due = due.filter((other) => other !== next);
        next.run();
        await settle();
      }
      now = end;
    },
  };
}

function earliest(due: { at: number; run: () => void }[], end: number) {
  return due.filter((item) => item.at <= end).sort((a, b) => a.at - b.at)[0];
}

/** Lets all pending promises run. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 50; turn += 1) await Promise.resolve();
}

/** A seeded source of numbers in 0..1. */
export function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
}
