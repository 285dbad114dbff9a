/** A piece of text, marked where it is what was searched for. */
export interface Piece {
  readonly text: string;
  readonly marked: boolean;
}

/** A paragraph, or the points of a list. */
export type Block =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "list"; readonly points: readonly string[] };

/** A part of a guideline under its heading; what stands before the first heading has none. */
export interface Section {
  readonly title: string;
  readonly blocks: readonly Block[];
}

/** The sections of a guideline: `# headings`, paragraphs, `- lists`. */
export function sectionsOf(guideline: string): Section[] {
  const sections: { title: string; blocks: Block[] }[] = [];
  for (const chunk of guideline.split(/\n\s*\n/).map((each) => each.trim())) {
    const heading = /^#+\s+(.*)$/m.exec(chunk);
    if (heading && chunk.startsWith("#")) {
      sections.push({ title: heading[1] ?? "", blocks: [] });
    }
    const body = chunk.replace(/^#+\s+.*\n?/, "").trim();
    if (!body) continue;
    if (sections.length === 0) sections.push({ title: "", blocks: [] });
    sections.at(-1)?.blocks.push(blockOf(body));
  }
  return sections;
}

function blockOf(body: string): Block {
  if (!body.startsWith("- ")) return { kind: "text", text: body };
  const points = body.split(/\n(?=- )/).map((point) => point.replace(/^- /, "").trim());
  return { kind: "list", points };
}

/** All that is written in a section, for searching. */
export function wordsOf({ title, blocks }: Section): string {
  return [
    title,
    ...blocks.flatMap((each) => (each.kind === "text" ? each.text : each.points)),
  ].join("\n");
}

/** Whether a text holds what is searched for, whatever its case; nothing searched is in every text. */
export function holds(text: string, query: string): boolean {
  return fold(text).includes(fold(query.trim()));
}

/** A text in pieces, the matches marked; `**bold**` loses its stars. */
export function marked(text: string, query: string): Piece[] {
  const plain = text.replaceAll("**", "");
  const wanted = fold(query.trim());
  if (!wanted) return [{ text: plain, marked: false }];
  const low = fold(plain);
  const pieces: Piece[] = [];
  let from = 0;
  for (let at = low.indexOf(wanted); at >= 0; at = low.indexOf(wanted, from)) {
    pieces.push({ text: plain.slice(from, at), marked: false });
    pieces.push({ text: plain.slice(at, at + wanted.length), marked: true });
    from = at + wanted.length;
  }
  pieces.push({ text: plain.slice(from), marked: false });
  return pieces.filter((piece) => piece.text !== "");
}

/** The text in lower case, letter by letter, so that places stay the same. */
function fold(text: string): string {
  return [...text].map((letter) => sameLength(letter.toLowerCase(), letter)).join("");
}

function sameLength(low: string, letter: string): string {
  return low.length === letter.length ? low : letter;
}
