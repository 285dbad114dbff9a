import type { AnswerEditor } from "./editor";
import { reasonsFor } from "./judging";
import type { Box, ProtocolDocument, ReasonChoice, Region } from "./model";
import {
  addRegion,
  centredBox,
  explainRegion,
  moveBox,
  removeRegion,
  reshapeRegion,
  sizeBox,
} from "./regions";
import type { Store } from "./store";
import type { WorkState } from "./workState";

/** The picture that boxes are drawn on, as it is on the screen. */
export interface Surface {
  /** The part of the picture that is seen. */
  readonly seen: () => Box;
  /** How far an arrow key moves, in 0..1 of the picture. */
  readonly step: () => { x: number; y: number };
}

export interface RegionOptions {
  readonly state: Store<WorkState>;
  readonly editor: AnswerEditor;
  readonly document: () => ProtocolDocument;
}

/** Marking places in a candidate's picture: one box is chosen, drawn, moved, sized, explained. */
export class RegionMode {
  private readonly options: RegionOptions;
  private surface: Surface | null = null;
  /** The box whose last change was a move, so that the next one belongs to it. */
  private moving: { place: number; box: Box } | null = null;

  constructor(options: RegionOptions) {
    this.options = options;
  }

  get isOn(): boolean {
    return this.options.state.get().mode === "region";
  }

  /** The places in the list of the current candidate's regions. */
  get own(): number[] {
    const { answers, cell } = this.options.state.get();
    return [...answers.regions.keys()].filter(
      (place) => answers.regions[place]?.label === cell.label,
    );
  }

  /** The region that is chosen, while it belongs to the current candidate. */
  get chosen(): Region | undefined {
    const { answers, cell, place } = this.options.state.get();
    const region = answers.regions[place];
    return region?.label === cell.label ? region : undefined;
  }

  /** The reasons that the chosen region may have. */
  get reasons(): readonly ReasonChoice[] {
    const dimension = this.chosen?.dimension;
    return dimension === undefined ? [] : reasonsFor(this.options.document(), dimension);
  }

  enter(): void {
    const place = this.own.at(-1) ?? -1;
    this.options.state.patch({ mode: "region", place, sourceHeld: false, undoArmed: false });
  }

  leave(): void {
    if (this.isOn) this.options.state.patch({ mode: "rate" });
  }

  /** Lets a picture take part. Returns how to withdraw it. */
  attach(surface: Surface): () => void {
    this.surface = surface;
    return () => {
      if (this.surface === surface) this.surface = null;
    };
  }

  choose(place: number): void {
    this.options.state.patch({ place });
  }

  /** Adds a box for the dimension that is being rated; without one it stands in the middle. */
  add(box: Box = centredBox(this.surface?.seen() ?? [0, 0, 1, 1])): void {
    const { answers, cell } = this.options.state.get();
    this.options.editor.change(addRegion(answers, { ...cell, box }));
    this.choose(answers.regions.length);
  }

  /** Moves the chosen box by steps. */
  move(right: number, down: number): void {
    const step = this.step();
    this.reshape((box) => moveBox(box, right * step.x, down * step.y));
  }

  /** Moves the right and lower side of the chosen box by steps. */
  size(right: number, down: number): void {
    const step = this.step();
    const least = this.least();
    this.reshape((box) => sizeBox(box, right * step.x, down * step.y, least));
  }

  /** Gives the chosen region a reason by its key, or none. */
  explain(reason: string | null): void {
    const { answers, place } = this.options.state.get();
    if (this.chosen) this.options.editor.change(explainRegion(answers, place, reason));
  }

  /** Gives the chosen region the reason at an index of the list. */
  explainAt(index: number): void {
    const reason = this.reasons[index];
    if (reason) this.explain(reason.key);
  }

  /** Takes a region away, the chosen one where none is named. */
  remove(place = this.options.state.get().place): void {
    const { answers } = this.options.state.get();
    if (!answers.regions[place]) return;
    this.options.editor.change(removeRegion(answers, place));
    this.choose(this.own.at(-1) ?? -1);
  }

  /** One pixel of the current candidate's own image, in 0..1. */
  least(): { x: number; y: number } {
    const { task, cell } = this.options.state.get();
    const image = task?.assignment.candidates.find((item) => item.label === cell.label);
    return image ? { x: 1 / image.width, y: 1 / image.height } : { x: 0.001, y: 0.001 };
  }

  private step(): { x: number; y: number } {
    return this.surface?.step() ?? this.least();
  }

  /** Gives the chosen region another box; steps that follow each other are undone as one. */
  private reshape(change: (box: Box) => Box): void {
    const { answers, place } = this.options.state.get();
    const region = this.chosen;
    if (!region) return;
    const next = reshapeRegion(answers, place, change(region.box));
    if (this.moving?.place === place && this.moving.box === region.box) {
      this.options.editor.goOn(next);
    } else {
      this.options.editor.change(next);
    }
    const box = next.regions[place]?.box;
    this.moving = box ? { place, box } : null;
  }
}
