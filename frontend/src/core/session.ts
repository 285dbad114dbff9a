import { AnswerEditor } from "./editor";
import { blockWhile } from "./handBack";
import { randomId } from "./ids";
import type { ImageFailure, TaskImages } from "./images";
import { type Circumstances, judgmentBody } from "./judging";
import type { Answers, Assignment, Cell, Dimension, ProtocolDocument, SweepOrder } from "./model";
import type { Outbox, Receipt } from "./outbox";
import { isNothing, type Nothing, type Prefetch, type PreparedTask } from "./prefetch";
import { ApiError } from "./problem";
import type { Recent, Submitted } from "./recent";
import { RegionMode } from "./regionMode";
import { Reopening } from "./reopening";
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
  /** Gives a task back whose picture does not come. */
  readonly handBack: (task: Assignment, failure: ImageFailure) => Promise<void>;
  readonly circumstances: () => Circumstances;
  /** Whether the annotator wants no task after this one. */
  readonly isLast?: () => boolean;
}

/** One annotator at work: the task on the screen, its answers, and the way to the next one. */
export class WorkSession {
  readonly state: Store<WorkState>;
  readonly options: SessionOptions;
  readonly editor: AnswerEditor;
  readonly regions: RegionMode;
  readonly tie: TieMode;
  private readonly reopening: Reopening;
  private moving = false;

  constructor(options: SessionOptions) {
    this.options = options;
    this.state = new Store<WorkState>(emptyState);
    this.editor = new AnswerEditor({
      state: this.state,
      document: () => this.document,
      cells: () => this.cells,
      isOpen: () => !this.moving,
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
    const { outbox, prefetch, recent } = options;
    const open = this.open.bind(this);
    this.reopening = new Reopening({ state, outbox, prefetch, recent, open });
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

  /** Whether a painted task lies open and is not on its way in or out, whatever is done with it. */
  get isOpen(): boolean {
    const { phase, painted, panel } = this.state.get();
    return phase === "rating" && painted && panel === null && !this.moving;
  }

  /** Shows the next task, or why there is none. */
  async advance(): Promise<void> {
    await this.alone(async () => {
      try {
        this.show(await this.options.prefetch.take());
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        this.state.patch({ phase: "failed", task: null, problem: error.problem });
      }
    });
  }

  /** Runs what changes the open task, unless another such thing is under way. */
  private async alone(run: () => Promise<void>): Promise<void> {
    if (this.moving) return;
    this.moving = true;
    try {
      await run();
    } finally {
      this.moving = false;
    }
  }

  private show(next: PreparedTask | Nothing): void {
    this.options.recent.rewind();
    if (isNothing(next)) {
      const { retryAfter, withOthers } = next;
      this.state.patch({ retryAfter: retryAfter ?? 0, withOthers });
      this.showNone(retryAfter === null ? "done" : "waiting");
    } else {
      this.open(next, this.options.outbox.answersFor(next.assignment), null);
    }
  }

  private showNone(phase: "done" | "waiting" | "stopped"): void {
    this.editor.reset();
    this.state.patch({
      phase,
      task: null,
      painted: false,
      amends: null,
      panel: null,
      undoArmed: false,
      undoRefused: null,
    });
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
      undoRefused: null,
    });
    const first = nextEmpty(this.cells, answers, undefined) ?? this.cells[0] ?? nowhere;
    this.state.patch({ cell: first });
    this.tie.begin();
  }

  /** All pictures of this task are on the screen: rating may begin. */
  markPainted(id: string): void {
    if (this.state.get().task?.assignment.id === id) this.state.patch({ painted: true });
  }

  /** The pictures are not on the screen: rating waits. */
  markHidden(): void {
    this.state.patch({ painted: false });
  }

  /** Shows the same task with sharper pictures, for a zoom that needs them. */
  replaceImages(id: string, images: TaskImages): void {
    const { task } = this.state.get();
    if (task?.assignment.id === id) this.state.patch({ task: { ...task, images } });
  }

  /** Shows another task with what was said about it; the open one comes again after it. */
  openInstead(task: PreparedTask, answers: Answers, amends: Receipt | null): void {
    if (this.moving || task.assignment.id === this.state.get().task?.assignment.id) return;
    this.reopening.keepOpenTask();
    this.open(task, answers, amends);
  }

  /** Takes up answers that were put together with those of another window; can be undone. */
  adopt(id: string, answers: Answers): void {
    if (this.state.get().task?.assignment.id === id) this.editor.adopt(answers);
  }

  /** A picture of the open task does not come: nothing is submitted, it goes back, the next comes. */
  async failImage(id: string, failure: ImageFailure): Promise<void> {
    const { task, amends } = this.state.get();
    if (task?.assignment.id !== id || amends) return;
    let isBack = false;
    await this.alone(async () => {
      const back = () => this.options.handBack(task.assignment, failure);
      isBack = await blockWhile(this.state, back);
    });
    if (isBack) await this.advance();
  }

  /** Looks at another candidate or dimension. */
  go(cell: Partial<Cell>): void {
    this.tie.leave();
    this.state.patch({
      cell: { ...this.state.get().cell, ...cell },
      undoArmed: false,
      undoRefused: null,
    });
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
    const { task, answers } = this.state.get();
    if (!task || this.missing.length > 0 || this.moving) return;
    if (this.options.outbox.askIfDisputed(task.assignment.id)) return;
    if (this.tie.open > 0) return this.tie.show();
    await this.alone(() => this.commit(task, answers));
    if (this.options.isLast?.()) this.showNone("stopped");
    else await this.advance();
  }

  private async commit(task: PreparedTask, answers: Answers): Promise<void> {
    const { amends } = this.state.get();
    const before = this.editor.first ?? answers;
    const entry: Submitted = {
      task,
      answers,
      amends: amends && { ...amends, answers: before },
      receipt: null,
    };
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
    this.state.patch({ submitted: this.state.get().submitted + (amends ? 0 : 1) });
  }

  /** Takes back the last change; on an untouched task a second press reopens the task before. */
  async undo(): Promise<void> {
    if (!this.editor.undo()) await this.alone(() => this.reopening.back());
  }

  /** Leaves a reopened task as it was submitted. */
  async leaveReopened(): Promise<void> {
    if (this.state.get().amends) await this.advance();
  }
}
