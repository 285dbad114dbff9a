import { digitIndex, digitPresses } from "../actions";
import { levelOf } from "../answers";
import { looking, openOnTask, ready, type WorkAction, type WorkContext } from "./context";

/** What is said beside the levels. */
const besideActions: readonly WorkAction[] = [
  {
    id: "cannot",
    label: "action.cannot",
    group: "work.rateGroup",
    keys: ["x"],
    ...openOnTask("cannot"),
  },
  {
    id: "comment",
    label: "action.comment",
    group: "work.rateGroup",
    keys: ["c"],
    ...openOnTask("comment"),
  },
  {
    id: "reasons",
    label: "action.reasons",
    group: "work.rateGroup",
    keys: ["y"],
    ...openOnTask("reasons"),
    enabled: (context) => ready(context) && context.session.document.low_score_reasons.length > 0,
  },
  {
    id: "unsure",
    label: "action.unsure",
    group: "work.rateGroup",
    keys: ["q"],
    run: ({ session }) => session.editor.toggleUnsure(session.state.get().cell),
    enabled: (context) => ready(context) && isRated(context),
  },
  {
    id: "region",
    label: "action.region",
    group: "work.rateGroup",
    keys: ["r"],
    run: ({ session }) =>
      session.regions.isOn ? session.regions.leave() : session.regions.enter(),
    enabled: (context) => looking(context) && !context.session.tie.isShown,
    active: ({ session }) => session.regions.isOn,
  },
  {
    id: "leave",
    label: "action.leave",
    group: "work.rateGroup",
    keys: ["Escape"],
    fixed: true,
    run: ({ session }) => {
      session.regions.leave();
      session.tie.leave();
    },
    enabled: (context) => looking(context) && !context.session.isReady,
  },
];

const inRegion = (context: WorkContext) => looking(context) && context.session.regions.isOn;

const onBox = (context: WorkContext) =>
  inRegion(context) && context.session.regions.chosen !== undefined;

/** What the keys mean while places in a picture are marked. */
const regionActions: readonly WorkAction[] = [
  {
    id: "moveBox",
    label: "action.moveBox",
    group: "work.regionGroup",
    during: "region",
    keys: ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"],
    caps: ["←", "→", "↑", "↓"],
    fixed: true,
    repeats: true,
    run: ({ session }, { key }) => session.regions.move(...direction(key)),
    enabled: onBox,
  },
  {
    id: "sizeBox",
    label: "action.sizeBox",
    group: "work.regionGroup",
    during: "region",
    keys: ["Shift+ArrowLeft", "Shift+ArrowRight", "Shift+ArrowUp", "Shift+ArrowDown"],
    caps: ["Shift", "←", "→", "↑", "↓"],
    fixed: true,
    repeats: true,
    run: ({ session }, { key }) => session.regions.size(...direction(key)),
    enabled: onBox,
  },
  {
    id: "boxReason",
    label: "action.boxReason",
    group: "work.regionGroup",
    during: "region",
    keys: digitPresses,
    caps: ["1", "–", "9"],
    fixed: true,
    run: ({ session }, { code }) => session.regions.explainAt(digitIndex(code) ?? -1),
    enabled: onBox,
  },
  {
    id: "removeBox",
    label: "action.removeBox",
    group: "work.regionGroup",
    during: "region",
    keys: ["Delete", "Backspace"],
    fixed: true,
    run: ({ session }) => session.regions.remove(),
    enabled: onBox,
  },
];

const inTie = (context: WorkContext) =>
  looking(context) && context.session.tie.question !== undefined;

/** What the keys mean while a question of the tie-break is shown. */
const tieActions: readonly WorkAction[] = [
  {
    id: "preferLeft",
    label: "action.preferLeft",
    group: "work.tieGroup",
    during: "tie",
    keys: ["ArrowLeft"],
    fixed: true,
    run: ({ session }) => session.tie.answer("left"),
    enabled: inTie,
  },
  {
    id: "preferRight",
    label: "action.preferRight",
    group: "work.tieGroup",
    during: "tie",
    keys: ["ArrowRight"],
    fixed: true,
    run: ({ session }) => session.tie.answer("right"),
    enabled: inTie,
  },
  {
    id: "tie",
    label: "action.tie",
    group: "work.tieGroup",
    during: "tie",
    keys: ["t"],
    run: ({ session }) => session.tie.answer("tie"),
    enabled: inTie,
  },
  {
    id: "previousQuestion",
    label: "action.previousQuestion",
    group: "work.tieGroup",
    during: "tie",
    keys: ["ArrowUp"],
    fixed: true,
    run: ({ session }) => session.tie.step(-1),
    enabled: inTie,
  },
  {
    id: "nextQuestion",
    label: "action.nextQuestion",
    group: "work.tieGroup",
    during: "tie",
    keys: ["ArrowDown"],
    fixed: true,
    run: ({ session }) => session.tie.step(1),
    enabled: inTie,
  },
];

/** What is marked, and what tells equal sums apart. */
export const markActions: readonly WorkAction[] = [
  ...besideActions,
  ...regionActions,
  ...tieActions,
];

function isRated({ session }: WorkContext): boolean {
  const { answers, cell } = session.state.get();
  return levelOf(answers, cell) !== undefined;
}

/** Steps to the right and down of an arrow key. */
function direction(key: string): [number, number] {
  const right = Number(key === "ArrowRight") - Number(key === "ArrowLeft");
  return [right, Number(key === "ArrowDown") - Number(key === "ArrowUp")];
}
