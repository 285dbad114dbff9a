import type { Catalogue } from "./catalogue";
import { common } from "./zh-Hans/common";
import { compare } from "./zh-Hans/compare";
import { faults } from "./zh-Hans/faults";
import { guide } from "./zh-Hans/guide";
import { keys } from "./zh-Hans/keys";
import { lead } from "./zh-Hans/lead";
import { marks } from "./zh-Hans/marks";
import { refusals } from "./zh-Hans/refusals";
import { save } from "./zh-Hans/save";
import { stage } from "./zh-Hans/stage";
import { statement } from "./zh-Hans/statement";
import { work } from "./zh-Hans/work";

/** The Simplified Chinese messages. */
export const zhHans: Catalogue = {
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
};
