import type { en } from "./en";

export type MessageKey = keyof typeof en;

/** The messages of one language: a missing key does not compile. */
export type Catalogue = Readonly<Record<MessageKey, string>>;

/** The same check for the part of a catalogue that one file holds. */
export type Part<English> = Readonly<Record<keyof English, string>>;

/** Keys that come in plural forms. */
export type PluralKey = MessageKey extends infer Key
  ? Key extends `${infer Stem}#other`
    ? Stem
    : never
  : never;

type Names<Text> = Text extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Names<Rest>
  : never;

/** The parameters that a message names. */
export type Params<Key extends MessageKey> = Readonly<
  Record<Names<(typeof en)[Key]>, string | number>
>;

/** Messages without parameters, which a list may name. */
export type PlainKey = {
  [Key in MessageKey]: keyof Params<Key> extends never ? Key : never;
}[MessageKey];
