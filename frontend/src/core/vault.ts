import type { Entry, EntryStore } from "./entries";

/** What a write changed: how many are under way, and whether the browser refused one. */
export interface Writing {
  readonly writing: number;
  readonly volatile: boolean;
}

/** The entries in memory, each written to the browser's database as it changes, while it is open. */
export class Vault {
  readonly entries = new Map<string, Entry>();
  isOpen = true;
  private readonly store: EntryStore;
  private readonly changed: (change: Writing) => void;
  private writing = 0;
  private volatile = false;

  constructor(store: EntryStore, changed: (change: Writing) => void) {
    this.store = store;
    this.changed = changed;
  }

  /** Takes up what is stored of a user and wanted still; forgets the rest. */
  async open(user: string, isWanted: (entry: Entry) => boolean): Promise<void> {
    const rows = await this.store.all(user);
    this.entries.clear();
    this.isOpen = true;
    for (const entry of rows) {
      if (isWanted(entry)) this.entries.set(entry.assignment, entry);
      else await this.store.delete(entry.key);
    }
  }

  /** Writes no more: another tab does. */
  close(): void {
    this.isOpen = false;
    this.entries.clear();
  }

  async keep(entry: Entry): Promise<void> {
    if (!this.isOpen) return;
    this.entries.set(entry.assignment, entry);
    await this.write(() => this.store.put(entry));
  }

  async drop(assignment: string): Promise<void> {
    const entry = this.entries.get(assignment);
    if (!entry || !this.isOpen) return;
    this.entries.delete(assignment);
    await this.write(() => this.store.delete(entry.key));
  }

  /** Where the browser cannot store it the work stays in memory, and that is said. */
  private async write(change: () => Promise<void>): Promise<void> {
    this.tell(1);
    try {
      await change();
      this.volatile = false;
    } catch (error) {
      if (!(error instanceof DOMException)) throw error;
      this.volatile = true;
    } finally {
      this.tell(-1);
    }
  }

  private tell(more: 1 | -1): void {
    this.writing += more;
    this.changed({ writing: this.writing, volatile: this.volatile });
  }
}
