import {
  changedCell,
  clearCannotJudge,
  markCannotJudge,
  rate,
  sameAnswers,
  toggleReason,
  toggleUnsure,
} from "./answers";
import { isLow } from "./judging";
import type { Answers, Assignment, Cell, ProtocolDocument } from "./model";
import type { Store } from "./store";
import { nextEmpty } from "./sweep";
import type { WorkState } from "./workState";

export interface EditorOptions {
  readonly state: Store<WorkState>;
  readonly document: () => ProtocolDocument;
  readonly cells: () => Cell[];
  /** Whether the task may be changed: not while it is handed over. */
  readonly isOpen: () => boolean;
  /** Keeps changed answers of a task that was not submitted yet. */
  readonly store: (task: Assignment, answers: Answers) => void;
  /** What follows from changed answers: what they ask for, and where that leads. */
  readonly settle: (answers: Answers, before: Answers, step: Step) => Partial<WorkState>;
}

/** Whether answers are changed or taken back. */
export type Step = "change" | "undo";

/** What is said about the open task: every change, its undoing and its redoing. */
export class AnswerEditor {
  private readonly options: EditorOptions;
  private past: Answers[] = [];
  private future: Answers[] = [];

  constructor(options: EditorOptions) {
    this.options = options;
  }

  /** The answers before the first change since the task was opened. */
  get first(): Answers | undefined {
    return this.past[0];
  }

  /** Forgets what could be undone: another task is open. */
  reset(): void {
    this.past = [];
    this.future = [];
  }

  /** Gives the current cell the level at an index of its scale, then moves to the next empty cell. */
  rateAt(index: number): void {
    const { cell } = this.options.state.get();
    const level = this.dimension(cell.dimension)?.levels[index];
    if (level) this.rate(cell, level.value, true);
  }

  /** Gives a cell a level. */
  rate(cell: Cell, value: number, moveOn: boolean): void {
    const dimension = this.dimension(cell.dimension);
    if (!dimension) return;
    const next = rate(this.answers, cell, value, isLow(dimension, value));
    this.change(next, moveOn ? nextEmpty(this.options.cells(), next, cell) : cell);
  }

  /** Marks the focused candidate, or the whole task, as not to be judged. */
  cannotJudge(scope: "edit" | "task", reason: string): void {
    const { cell, answers } = this.options.state.get();
    const next = markCannotJudge(answers, scope === "edit" ? cell.label : undefined, reason);
    this.change(next, nextEmpty(this.options.cells(), next, cell));
    this.options.state.patch({ panel: null });
  }

  /** Takes "cannot judge" back for a candidate, or for the task without a label. */
  canJudge(label: string | undefined): void {
    this.change(clearCannotJudge(this.answers, label));
  }

  /** Marks the rating of a cell as unsure, or as sure again. */
  toggleUnsure(cell: Cell): void {
    const next = toggleUnsure(this.answers, cell);
    if (!sameAnswers(next, this.answers)) this.change(next);
  }

  toggleReason(cell: Cell, reason: string): void {
    this.change(toggleReason(this.answers, cell, reason));
  }

  setComment(comment: string): void {
    if (comment !== this.answers.comment) this.change({ ...this.answers, comment });
  }

  /** Puts answers in place, and shows a cell; what is different can be undone. */
  change(answers: Answers, cell?: Cell): void {
    if (!this.options.isOpen()) return;
    if (!sameAnswers(answers, this.answers)) {
      this.past.push(this.answers);
      this.future = [];
    }
    this.apply(answers, cell ?? this.options.state.get().cell, "change");
  }

  /** Carries the last change on: it is undone together with this. */
  goOn(answers: Answers): void {
    this.apply(answers, this.options.state.get().cell, "change");
  }

  /** Shows answers that are stored already; can be undone. */
  adopt(answers: Answers): void {
    if (sameAnswers(answers, this.answers)) return;
    this.past.push(this.answers);
    this.future = [];
    this.options.state.patch({ answers });
  }

  /** Takes back the last change; false if there is none. */
  undo(): boolean {
    if (!this.options.isOpen()) return false;
    const last = this.past.pop();
    if (last) this.travel(last, this.future, "undo");
    return last !== undefined;
  }

  /** Makes an undone change again. */
  redo(): void {
    if (!this.options.isOpen()) return;
    const next = this.future.pop();
    if (next) this.travel(next, this.past, "change");
  }

  private get answers(): Answers {
    return this.options.state.get().answers;
  }

  private dimension(key: string) {
    return this.options.document().dimensions.find((item) => item.key === key);
  }

  private travel(to: Answers, trail: Answers[], step: Step): void {
    const { answers, cell } = this.options.state.get();
    trail.push(answers);
    this.apply(to, changedCell(this.options.cells(), to, answers) ?? cell, step);
  }

  private apply(given: Answers, cell: Cell, step: Step): void {
    const { task, amends } = this.options.state.get();
    if (!task) return;
    const settled = this.options.settle(given, this.answers, step);
    this.options.state.patch({
      answers: given,
      cell,
      undoArmed: false,
      undoRefused: null,
      returned: false,
      ...settled,
    });
    if (!amends) this.options.store(task.assignment, this.answers);
  }
}
