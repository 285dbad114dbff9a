import { changedCell, noAnswers } from "./answers";
import type { AnswerEditor, Step } from "./editor";
import type { Answers, Comparison, Outcome } from "./model";
import type { Store } from "./store";
import { missingCells, sweepCells } from "./sweep";
import {
  type Asked,
  answerQuestion,
  type Coin,
  changedQuestion,
  nextOpen,
  openQuestions,
  questionsOf,
  withQuestions,
} from "./tieBreak";
import type { WorkState } from "./workState";

export interface TieOptions {
  readonly state: Store<WorkState>;
  readonly editor: Pick<AnswerEditor, "change" | "goOn">;
  /** Whether the project wants equal sums to be told apart. */
  readonly wanted: boolean;
  readonly asked: () => Asked;
  readonly coin: Coin;
}

/** The tie-break of the open task: which question is shown, and what follows an answer. */
export class TieMode {
  private readonly options: TieOptions;

  constructor(options: TieOptions) {
    this.options = options;
  }

  get isShown(): boolean {
    return this.options.state.get().mode === "tie";
  }

  get questions(): Comparison[] {
    return this.options.wanted ? questionsOf(this.options.state.get().answers) : [];
  }

  /** The question on the screen. */
  get question(): Comparison | undefined {
    return this.isShown ? this.questions[this.options.state.get().place] : undefined;
  }

  /** How many questions still want an answer; they are asked once every cell is filled. */
  get open(): number {
    const { answers } = this.options.state.get();
    if (!this.options.wanted || !this.isComplete(answers)) return 0;
    return openQuestions(answers).length;
  }

  /** The answers with their questions, and where a change leads: to a question or away from it. */
  settle(given: Answers, before: Answers, step: Step): Partial<WorkState> {
    const { mode, place } = this.options.state.get();
    if (!this.options.wanted) return { answers: given };
    const answers = withQuestions(given, this.options.asked(), this.options.coin);
    const changed = changedQuestion(answers, before);
    if (changed >= 0) {
      const next = step === "undo" ? changed : nextOpen(answers, changed);
      return { answers, mode: "tie", place: next < 0 ? changed : next };
    }
    const first = this.isComplete(answers) ? nextOpen(answers, -1) : -1;
    const isRated = mode !== "region" && this.isRatedAnew(answers, before);
    if (isRated && step === "change" && first >= 0) return { answers, mode: "tie", place: first };
    return mode === "tie" && isRated ? { answers, mode: "rate", place } : { answers };
  }

  /** Asks what a task that is opened complete still leaves open. */
  begin(): void {
    const { answers, amends } = this.options.state.get();
    const { mode, place, ...settled } = this.settle(answers, noAnswers, "change");
    if (settled.answers && settled.answers !== answers) this.options.editor.goOn(settled.answers);
    if (mode === "tie" && !amends) this.options.state.patch({ mode, place: place ?? 0 });
  }

  /** Shows the next question that wants an answer, else the first. */
  show(): void {
    const next = nextOpen(this.options.state.get().answers, -1);
    if (this.questions.length > 0) {
      this.options.state.patch({ mode: "tie", place: Math.max(next, 0), undoArmed: false });
    }
  }

  /** Back to the ratings. */
  leave(): void {
    if (this.isShown) this.options.state.patch({ mode: "rate" });
  }

  answer(outcome: Outcome): void {
    const { answers, place } = this.options.state.get();
    const { question } = this;
    if (!question) return;
    if (question.outcome === outcome) this.goTo(nextOpen(answers, place));
    else this.options.editor.change(answerQuestion(answers, place, outcome));
  }

  /** Moves by one along the questions; the ends stay. */
  step(by: 1 | -1): void {
    this.goTo(this.options.state.get().place + by);
  }

  private goTo(place: number): void {
    if (this.questions[place]) this.options.state.patch({ place, undoArmed: false });
  }

  private isComplete(answers: Answers): boolean {
    return missingCells(this.cells(), answers).length === 0;
  }

  private isRatedAnew(answers: Answers, before: Answers): boolean {
    return (
      answers.cannot_judge !== before.cannot_judge ||
      changedCell(this.cells(), answers, before) !== undefined
    );
  }

  private cells() {
    const { labels, dimensions } = this.options.asked();
    return sweepCells(labels, dimensions, "dimension");
  }
}
