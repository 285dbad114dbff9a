import { AnswerEditor } from "./editor";
import { randomId } from "./ids";
import { ImageFailure, type TaskImages } from "./images";
import { type Circumstances, judgmentBody } from "./judging";
import type { Answers, Cell, Dimension, ProtocolDocument, SweepOrder } from "./model";
import type { Outbox, Receipt } from "./outbox";
import { isNothing, type Nothing, type Prefetch, type PreparedTask } from "./prefetch";
import { ApiError } from "./problem";
import type { Recent, Submitted } from "./recent";
import { RegionMode } from "./regionMode";
import { Store } from "./store";
import { missingCells, nextEmpty, sweepCells } from "./sweep";
import { secureCoin } from "./tieBreak";
import { TieMode } from "./tieMode";
import { emptyState, nowhere, type Panel, type WorkState } from "./workState";

export interface SessionOptions {
  readonly project: string;
  /** The protocol in force, until a task names its own version. */
  readonly document: ProtocolDocument;
  readonly order: SweepOrder;
  /** Whether candidates of equal sums are told apart before a task is submitted. */
  readonly tieBreak: boolean;
  readonly outbox: Outbox;
  readonly prefetch: Prefetch;
  readonly recent: Recent;
  readonly circumstances: () => Circumstances;
}

/** One annotator at work: the task on the screen, its answers, and the way to the next one. */
export class WorkSession {
  readonly state: Store<WorkState>;
  readonly options: SessionOptions;
  readonly editor: AnswerEditor;
  readonly regions: RegionMode;
  readonly tie: TieMode;
  private moving = false;

  constructor(options: SessionOptions) {
    this.options = options;
    this.state = new Store<WorkState>(emptyState);
    this.editor = new AnswerEditor({
      state: this.state,
      document: () => this.document,
      cells: () => this.cells,
      store: (task, answers) => void options.outbox.record(task, options.project, answers),
      settle: (answers, before, step) => this.tie.settle(answers, before, step),
    });
    const { state, editor } = this;
    this.regions = new RegionMode({ state, editor, document: () => this.document });
    this.tie = new TieMode({
      state,
      editor,
      wanted: options.tieBreak,
      asked: () => ({
        labels: this.labels,
        dimensions: this.document.dimensions.map((d) => d.key),
      }),
      coin: secureCoin,
    });
  }

  /** What is asked about the open task. */
  get document(): ProtocolDocument {
    return this.state.get().task?.document ?? this.options.document;
  }

  /** The dimension that is being rated. */
  get dimension(): Dimension | undefined {
    const { dimension } = this.state.get().cell;
    return this.document.dimensions.find((item) => item.key === dimension);
  }

  /** The letters of the open task, in presentation order. */
  get labels(): string[] {
    return this.state.get().task?.assignment.candidates.map((item) => item.label) ?? [];
  }

  /** All cells of the open task in sweep order. */
  get cells(): Cell[] {
    const dimensions = this.document.dimensions.map((item) => item.key);
    return sweepCells(this.labels, dimensions, this.options.order);
  }

  /** The cells that still want an answer. */
  get missing(): Cell[] {
    return missingCells(this.cells, this.state.get().answers);
  }

  /** Whether the painted task is there to be rated, and nothing else is going on. */
  get isReady(): boolean {
    return this.isOpen && this.state.get().mode === "rate";
  }

  /** Whether a painted task lies open, whatever is being done with it. */
  get isOpen(): boolean {
    const { phase, painted, panel } = this.state.get();
    return phase === "rating" && painted && panel === null;
  }

  /** Shows the next task, or why there is none. */
  async advance(): Promise<void> {
    if (this.moving) return;
    this.moving = true;
    try {
      this.show(await this.options.prefetch.take());
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      this.state.patch({ phase: "failed", task: null, problem: error.problem });
    } finally {
      this.moving = false;
    }
  }

  private show(next: PreparedTask | Nothing): void {
    if (isNothing(next)) {
      const phase = next.retryAfter === null ? "done" : "waiting";
      const retryAfter = next.retryAfter ?? 0;
      this.state.patch({
        phase,
        retryAfter,
        task: null,
        painted: false,
        amends: null,
        panel: null,
      });
      return;
    }
    this.open(next, this.options.outbox.answersFor(next.assignment), null);
  }

  private open(task: PreparedTask, answers: Answers, amends: Receipt | null): void {
    this.editor.reset();
    this.state.patch({
      phase: "rating",
      problem: null,
      task,
      painted: false,
      answers,
      cell: nowhere,
      sourceHeld: false,
      mode: "rate",
      panel: null,
      amends,
      undoArmed: false,
    });
    const first = nextEmpty(this.cells, answers, undefined) ?? this.cells[0] ?? nowhere;
    this.state.patch({ cell: first });
    this.tie.begin();
  }

  /** All pictures of this task are on the screen: rating may begin. */
  markPainted(id: string): void {
    if (this.state.get().task?.assignment.id === id) this.state.patch({ painted: true });
  }

  /** Shows the same task with sharper pictures, for a zoom that needs them. */
  replaceImages(id: string, images: TaskImages): void {
    const { task } = this.state.get();
    if (task?.assignment.id === id) this.state.patch({ task: { ...task, images } });
  }

  /** Looks at another candidate or dimension. */
  go(cell: Partial<Cell>): void {
    this.tie.leave();
    this.state.patch({ cell: { ...this.state.get().cell, ...cell }, undoArmed: false });
  }

  /** Moves by one along the candidates or the dimensions; the ends stay. */
  step(axis: "label" | "dimension", by: 1 | -1): void {
    const all = axis === "label" ? this.labels : this.document.dimensions.map((d) => d.key);
    const next = all[all.indexOf(this.state.get().cell[axis]) + by];
    if (next !== undefined) this.go({ [axis]: next });
  }

  /** Opens a panel over the stage, or closes the one that is open. */
  setPanel(panel: Panel): void {
    this.state.patch({ panel, sourceHeld: false });
  }

  setView(view: "focus" | "sheet"): void {
    this.state.patch({ view });
  }

  holdSource(held: boolean): void {
    this.state.patch({ sourceHeld: held });
  }

  /** Hands the judgment over once nothing is missing: stored first, then the next task, then sent. */
  async submit(): Promise<void> {
    const { task, answers, amends } = this.state.get();
    if (!task || this.missing.length > 0 || this.moving) return;
    if (this.tie.open > 0) return this.tie.show();
    this.moving = true;
    const entry: Submitted = { task, answers, amends, receipt: null };
    const { outbox, project, circumstances, recent } = this.options;
    const submission = {
      id: randomId(),
      body: judgmentBody(answers, circumstances()),
      amends: amends && { submission_id: amends.submission_id, expected_revision: amends.revision },
    };
    await outbox.commit(task.assignment, project, answers, submission, (receipt) => {
      entry.receipt = receipt;
    });
    recent.add(entry);
    const submitted = this.state.get().submitted + (amends ? 0 : 1);
    this.state.patch({ submitted });
    this.moving = false;
    await this.advance();
  }

  /** Takes back the last change; on an untouched task a second press reopens the task before. */
  async undo(): Promise<void> {
    if (this.editor.undo()) return;
    if (this.state.get().undoArmed) return this.reopen();
    const isEmpty = await this.options.recent.isEmpty();
    this.state.patch({ undoArmed: !isEmpty });
  }

  private async reopen(): Promise<void> {
    if (this.moving) return;
    this.moving = true;
    try {
      const entry = await this.options.recent.take();
      if (entry) await this.openAgain(entry);
    } catch (error) {
      if (!(error instanceof ApiError || error instanceof ImageFailure)) throw error;
      this.state.patch({ undoArmed: false });
    } finally {
      this.moving = false;
    }
  }

  private async openAgain(entry: Submitted): Promise<void> {
    const withdrawn = await this.options.outbox.withdraw(entry.task.assignment.id);
    this.keepOpenTask();
    this.open(entry.task, entry.answers, withdrawn ? entry.amends : entry.receipt);
    if (withdrawn && !entry.amends) {
      this.state.patch({ submitted: this.state.get().submitted - 1 });
    }
  }

  /** Puts the task on the screen where it comes from: in front, or among the submitted ones. */
  private keepOpenTask(): void {
    const { task, answers, amends } = this.state.get();
    if (!task) return;
    const { prefetch, recent } = this.options;
    const asOpened = this.editor.first ?? answers;
    if (amends) recent.add({ task, answers: asOpened, amends: null, receipt: amends });
    else prefetch.putBack(task);
  }

  /** Leaves a reopened task as it was submitted. */
  async leaveReopened(): Promise<void> {
    if (!this.state.get().amends) return;
    this.keepOpenTask();
    await this.advance();
  }
}
