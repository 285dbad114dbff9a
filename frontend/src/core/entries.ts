import { type IDBPDatabase, openDB } from "idb";
import { noAnswers } from "./answers";
import type { Answers, Assignment, ServerDraft } from "./model";
import type { Problem } from "./problem";

/** Which judgment an amendment replaces, and the revision that the annotator saw. */
export interface Amends {
  readonly submission_id: string;
  readonly expected_revision: number;
}

/** A finished judgment on its way; its id is made here, so that a repeat is recognised. */
export interface Submission {
  readonly id: string;
  readonly body: Readonly<Record<string, unknown>>;
  readonly amends: Amends | null;
}

/** Everything about one assignment that the server may not have yet. */
export interface Entry {
  readonly key: string;
  readonly user: string;
  readonly project: string;
  readonly assignment: string;
  readonly title: string;
  /** What the task looks like, so that it can be opened again. */
  readonly task: Assignment | null;
  readonly answers: Answers;
  /** The answers that the server was last known to have. */
  readonly base: Answers;
  /** The number of the newest local answers, and the newest that the server has. */
  readonly revision: number;
  readonly acknowledged: number;
  readonly submission: Submission | null;
  /** What the next judgment amends if one that was taken back had arrived after all, latest first. */
  readonly attempts: readonly Amends[];
  readonly conflict: ServerDraft | null;
  readonly problem: Problem | null;
}

/** Where entries survive a reload. */
export interface EntryStore {
  all(user: string): Promise<Entry[]>;
  put(entry: Entry): Promise<void>;
  delete(key: string): Promise<void>;
}

const table = "entries";

/** What entries lack that an older page has written. */
const lately = { task: null, base: noAnswers, attempts: [] };

/** The entries of this browser in IndexedDB, each written durably before the promise resolves. */
export async function openEntryStore(name = "editjury-outbox"): Promise<EntryStore> {
  const db = await openDB(name, 1, {
    upgrade(fresh) {
      fresh.createObjectStore(table, { keyPath: "key" }).createIndex("user", "user");
    },
  });
  return {
    all: async (user) => {
      const rows = (await db.getAllFromIndex(table, "user", user)) as Entry[];
      return rows.map((row) => ({ ...lately, ...row }));
    },
    put: (entry) => write(db, (rows) => rows.put(entry)),
    delete: (key) => write(db, (rows) => rows.delete(key)),
  };
}

interface Rows {
  put(entry: Entry): Promise<unknown>;
  delete(key: string): Promise<unknown>;
}

async function write(db: IDBPDatabase, change: (rows: Rows) => Promise<unknown>): Promise<void> {
  const transaction = db.transaction(table, "readwrite", { durability: "strict" });
  await change(transaction.store);
  await transaction.done;
}
