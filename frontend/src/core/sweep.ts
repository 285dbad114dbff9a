import { isFilled } from "./answers";
import type { Answers, Cell, SweepOrder } from "./model";

/** All cells of a task in the order in which they are asked. */
export function sweepCells(
  labels: readonly string[],
  dimensions: readonly string[],
  order: SweepOrder,
): Cell[] {
  const byDimension = dimensions.flatMap((dimension) =>
    labels.map((label) => ({ label, dimension })),
  );
  const byCandidate = labels.flatMap((label) =>
    dimensions.map((dimension) => ({ label, dimension })),
  );
  return order === "dimension" ? byDimension : byCandidate;
}

/** The cells that still want an answer, in sweep order. */
export function missingCells(cells: readonly Cell[], answers: Answers): Cell[] {
  return cells.filter((cell) => !isFilled(answers, cell));
}

/** The next empty cell after `from` in sweep order, from the start again at the end; else undefined. */
export function nextEmpty(
  cells: readonly Cell[],
  answers: Answers,
  from: Cell | undefined,
): Cell | undefined {
  const at = cells.findIndex(
    (cell) => cell.label === from?.label && cell.dimension === from?.dimension,
  );
  const ahead = [...cells.slice(at + 1), ...cells.slice(0, at + 1)];
  return ahead.find((cell) => !isFilled(answers, cell));
}
