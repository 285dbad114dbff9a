import { compareActions } from "./work/compare";
import type { WorkAction } from "./work/context";
import { lookActions } from "./work/look";
import { markActions } from "./work/mark";
import { moveActions } from "./work/move";
import { rateActions } from "./work/rate";
import { readActions } from "./work/read";

/** The one list of what can be done on the rating page. */
export const workActions: readonly WorkAction[] = [
  ...rateActions,
  ...markActions,
  ...moveActions,
  ...lookActions,
  ...compareActions,
  ...readActions,
];

/** The caps of one action by its id, for the control that does the same. */
export function workAction(id: string): WorkAction {
  const action = workActions.find((item) => item.id === id);
  if (!action) throw new Error(`There is no action ${id}`);
  return action;
}
