import { createContext, use, useSyncExternalStore } from "react";
import type { Entry } from "../../core/entries";
import type { Outbox, OutboxView } from "../../core/outbox";
import type { WorkSession } from "../../core/session";
import type { StageView } from "../../core/stageView";
import type { WorkContext } from "../../core/work/context";
import type { WorkState } from "../../core/workState";

/** What every part of the rating page works with. */
export interface Bench {
  readonly session: WorkSession;
  readonly outbox: Outbox;
  readonly stage: StageView;
  readonly actions: WorkContext;
  readonly left: number;
  /** The digest of the protocol version in force. */
  readonly digest: string;
  readonly ground: string;
  /** CSS pixels that both sides of the stage need for rating. */
  readonly minimumStage: number;
  /** Whether the project shows how many pixels an image has. */
  readonly showsSize: boolean;
  /** Opens a task again that waits in the outbox, so that it can be mended. */
  readonly openEntry: (entry: Entry) => Promise<void>;
}

export const BenchContext = createContext<Bench | null>(null);

/** The bench of the open project. */
export function useBench(): Bench {
  const bench = use(BenchContext);
  if (!bench) throw new Error("The rating page has no session");
  return bench;
}

/** The state of the session, read anew after every change. */
export function useWork(): WorkState {
  const { state } = useBench().session;
  return useSyncExternalStore(state.subscribe, state.get);
}

/** How saving stands. */
export function useOutbox(outbox: Outbox): OutboxView {
  return useSyncExternalStore(outbox.view.subscribe, outbox.view.get);
}
