/** Fetches one picture; `isUrgent` says that somebody waits for it now. */
export type FetchImage = (url: string, isUrgent: boolean) => Promise<HTMLImageElement>;

/** How near a picture is to the screen, 0 first; null once nobody wants it. */
export type Rank = () => number | null;

interface Want {
  readonly url: string;
  readonly rank: Rank;
  readonly done: (image: Promise<HTMLImageElement>) => void;
}

/** A picture that nobody wants any more was not asked for. */
export class Unwanted extends Error {
  constructor() {
    super("The picture is not wanted any more");
    this.name = "Unwanted";
  }
}

/** Runs at most two image requests at once, the nearest next; ranks are read when one is free. */
export class ImageQueue {
  private readonly fetch: FetchImage;
  private readonly width: number;
  private wants: Want[] = [];
  private running = 0;

  constructor(fetch: FetchImage, width = 2) {
    this.fetch = fetch;
    this.width = width;
  }

  /** The picture once its turn has come; rejects with `Unwanted` if its rank is null by then. */
  load(url: string, rank: Rank): Promise<HTMLImageElement> {
    return new Promise((done) => {
      this.wants.push({ url, rank, done });
      // Later, so that what is asked for in one go is ranked together.
      queueMicrotask(() => this.pump());
    });
  }

  private pump(): void {
    this.drop();
    while (this.running < this.width) {
      const next = this.nearest();
      if (!next) return;
      this.wants = this.wants.filter((want) => want !== next);
      this.start(next);
    }
  }

  private drop(): void {
    const unwanted = this.wants.filter((want) => want.rank() === null);
    this.wants = this.wants.filter((want) => !unwanted.includes(want));
    for (const want of unwanted) want.done(Promise.reject(new Unwanted()));
  }

  /** The first of those with the lowest rank. */
  private nearest(): Want | undefined {
    let best: { want: Want; rank: number } | undefined;
    for (const want of this.wants) {
      const rank = want.rank() ?? Number.POSITIVE_INFINITY;
      if (!best || rank < best.rank) best = { want, rank };
    }
    return best?.want;
  }

  private start({ url, rank, done }: Want): void {
    this.running += 1;
    const loading = this.fetch(url, rank() === 0);
    done(loading);
    const next = () => {
      this.running -= 1;
      this.pump();
    };
    loading.then(next, next);
  }
}
