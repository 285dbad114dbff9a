import type { Box } from "./area.ts";
import type { Region } from "./regions.ts";

/** A picture, and the part of it, in its own pixels, that is compared. */
export interface MapPart {
  readonly picture: ImageBitmap;
  readonly box: Box;
}

export interface MapRequest {
  readonly reference: MapPart;
  readonly test: MapPart;
}

/** A change map as a picture; its regions are in parts of its sides. */
export interface PaintedMap {
  readonly kind: "map";
  readonly picture: ImageBitmap;
  readonly regions: readonly Region[];
  /** Whether the edit was found shifted or scaled, and lined up. */
  readonly isMoved: boolean;
}

/** A map, or that the browser changes what is read from a canvas. */
export type MapAnswer = PaintedMap | { readonly kind: "altered" };

/** The part of a worker that is used. */
export interface MapWorker {
  onmessage: ((event: MessageEvent<MapAnswer>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
  postMessage(request: MapRequest, transfer: Transferable[]): void;
  terminate(): void;
}

/** A map that is not wanted any more was not finished. */
export class Cancelled extends Error {
  constructor() {
    super("The change map is not wanted any more");
    this.name = "Cancelled";
  }
}

const mostKept = 12;

/** Change maps by pair, made one at a time in a worker; one that is not wanted any more is stopped. */
export class ChangeMaps {
  private readonly start: () => MapWorker;
  private readonly kept = new Map<string, MapAnswer>();
  private worker: MapWorker | null = null;
  private stop: (() => void) | null = null;

  constructor(start: () => MapWorker) {
    this.start = start;
  }

  /** A map that was made before. */
  get(key: string): MapAnswer | undefined {
    return this.kept.get(key);
  }

  /** Makes a map; the one in the making is cancelled. */
  async make(key: string, ask: () => Promise<MapRequest>): Promise<MapAnswer> {
    this.cancel();
    let isWanted = true;
    const dropped = new Promise<never>((_, reject) => {
      this.stop = () => {
        isWanted = false;
        reject(new Cancelled());
      };
    });
    const made = ask().then((request) => {
      if (isWanted) return this.run(request);
      request.reference.picture.close();
      request.test.picture.close();
      throw new Cancelled();
    });
    const answer = await Promise.race([made, dropped]);
    this.stop = null;
    this.keep(key, answer);
    return answer;
  }

  /** Stops what is being made, at once. */
  cancel(): void {
    this.stop?.();
    this.stop = null;
    if (this.worker?.onmessage) this.end();
  }

  /** Frees all maps: another task is open. */
  clear(): void {
    this.cancel();
    for (const answer of this.kept.values()) close(answer);
    this.kept.clear();
  }

  /** Ends the worker. */
  end(): void {
    this.worker?.terminate();
    this.worker = null;
  }

  private run(request: MapRequest): Promise<MapAnswer> {
    this.worker ??= this.start();
    const { worker } = this;
    return new Promise((done, fail) => {
      const settle = () => {
        worker.onmessage = null;
        worker.onerror = null;
      };
      worker.onmessage = ({ data }) => {
        settle();
        done(data);
      };
      worker.onerror = ({ message }) => {
        settle();
        this.end();
        fail(new Error(message || "The change map could not be made"));
      };
      worker.postMessage(request, [request.reference.picture, request.test.picture]);
    });
  }

  private keep(key: string, answer: MapAnswer): void {
    this.kept.set(key, answer);
    const [oldest] = this.kept.keys();
    if (this.kept.size <= mostKept || oldest === undefined) return;
    const gone = this.kept.get(oldest);
    this.kept.delete(oldest);
    if (gone) close(gone);
  }
}

function close(answer: MapAnswer): void {
  if (answer.kind === "map") answer.picture.close();
}
