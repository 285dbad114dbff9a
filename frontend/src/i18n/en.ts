import { common } from "./en/common";
import { compare } from "./en/compare";
import { faults } from "./en/faults";
import { guide } from "./en/guide";
import { keys } from "./en/keys";
import { lead } from "./en/lead";
import { marks } from "./en/marks";
import { refusals } from "./en/refusals";
import { save } from "./en/save";
import { stage } from "./en/stage";
import { statement } from "./en/statement";
import { work } from "./en/work";

/** The English messages; every other language has exactly these. */
export const en = {
  ...common,
  ...work,
  ...stage,
  ...guide,
  ...lead,
  ...faults,
  ...keys,
  ...compare,
  ...marks,
  ...save,
  ...statement,
  ...refusals,
} as const;
