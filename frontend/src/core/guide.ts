import { BreakWatch } from "./breaks";
import { Store } from "./store";

/** The steps of the tour; each points at a part of the page. */
export const tourSteps = [
  "instruction",
  "stage",
  "tabs",
  "levels",
  "anchors",
  "cannot",
  "submit",
] as const;

/** What of the guidance is on the screen. */
export interface GuideView {
  /** Whether the examples of the levels stand above the dock. */
  readonly shelf: boolean;
  readonly lineup: boolean;
  /** Whether the page goes home after the open task. */
  readonly stopping: boolean;
  readonly breakDue: boolean;
  /** The step of the tour, null while there is none. */
  readonly tour: number | null;
}

export type Preferences = Readonly<Record<string, unknown>>;

export interface GuideOptions {
  readonly project: string;
  readonly preferences: Preferences;
  /** Keeps single preferences with the account. */
  readonly save: (changes: Preferences) => void;
  readonly now: () => number;
  /** Active minutes after which the project suggests a break; 0 never. */
  readonly breakMinutes: number;
}

const mostVisited = 40;

/** What helps an annotator beside the rating itself: anchors, tour, line-up, breaks, the way home. */
export class Guide {
  readonly view: Store<GuideView>;
  private readonly options: GuideOptions;
  private readonly breaks: BreakWatch;
  private readonly read = new Set<string>();
  private isGreeted = false;

  constructor(options: GuideOptions) {
    this.options = options;
    const wanted = options.preferences.breaks !== false;
    this.breaks = new BreakWatch(options.now, wanted ? options.breakMinutes * 60_000 : 0);
    this.view = new Store<GuideView>({
      shelf: false,
      lineup: false,
      stopping: false,
      breakDue: false,
      tour: null,
    });
  }

  /** On the first task: the tour for a new account, the open shelf on the first visit to a project. */
  greet(): void {
    if (this.isGreeted) return;
    this.isGreeted = true;
    const { project, preferences, save } = this.options;
    const visited = visitedProjects(preferences);
    if (!visited.includes(project)) {
      this.view.patch({ shelf: true });
      save({ visited: [...visited, project].slice(-mostVisited) });
    }
    if (preferences.tour !== "seen") this.startTour();
  }

  /** Whether the page shows the task with this id for the first time. */
  isFirstLook(id: string): boolean {
    const isNew = !this.read.has(id);
    this.read.add(id);
    return isNew;
  }

  toggleShelf(): void {
    this.view.patch({ shelf: !this.view.get().shelf, lineup: false });
  }

  showLineup(lineup: boolean): void {
    this.view.patch({ lineup });
  }

  toggleStopping(): void {
    this.view.patch({ stopping: !this.view.get().stopping });
  }

  startTour(): void {
    this.view.patch({ tour: 0, lineup: false });
  }

  /** Goes on in the tour, or back; past the last step it ends. */
  stepTour(by: 1 | -1): void {
    const { tour } = this.view.get();
    if (tour === null) return;
    const next = Math.max(0, tour + by);
    if (next >= tourSteps.length) this.endTour();
    else this.showStep(next);
  }

  private showStep(tour: number): void {
    const shelf = this.view.get().shelf || tourSteps[tour] === "anchors";
    this.view.patch({ tour, shelf });
  }

  endTour(): void {
    this.view.patch({ tour: null });
    this.options.save({ tour: "seen" });
  }

  /** A sign of life: counts towards the next break. */
  touch(isAttentive: boolean): void {
    const breakDue = this.breaks.touch(isAttentive);
    if (breakDue !== this.view.get().breakDue) this.view.patch({ breakDue });
  }

  /** Puts the notice away until the same time has passed once more. */
  putBreakOff(): void {
    this.breaks.restart();
    this.view.patch({ breakDue: false });
  }
}

function visitedProjects(preferences: Preferences): string[] {
  const { visited } = preferences;
  if (!Array.isArray(visited)) return [];
  return visited.filter((slug): slug is string => typeof slug === "string");
}
