/** An answer in Azure's markup, sentence by sentence: the first is heard while the next are made, and what was said before is known again. */
export interface Piece {
  /** A document of its own, with the answer's voice, style and pace. */
  markup: string;
  /** Its words alone. */
  text: string;
  /** Milliseconds of silence after it. */
  pauseMs: number;
}

/** Breaks shorter than this stay inside a sentence: between the groups of a number. */
const SENTENCE_BREAK = 600;
const OPENING = /^(?:<(?:speak|voice|mstts:express-as|prosody)\b[^>]*>)+/;
const CLOSING = /(?:<\/(?:speak|voice|mstts:express-as|prosody)>)+$/;
const TOKEN = /<break time="(\d+)ms"\/>|<(\/?)[a-z:-]+[^>]*?(\/?)>|[^<]+/g;

/** Cuts at the long breaks that stand outside every other element. Markup that is not ours stays whole. */
export function piecesOf(markup: string): Piece[] {
  const head = OPENING.exec(markup)?.[0] ?? '';
  const tail = CLOSING.exec(markup)?.[0] ?? '';
  const pieces: Piece[] = [];
  let inside = '';
  let depth = 0;

  function cut(pauseMs: number): void {
    if (textOf(inside)) pieces.push({ markup: head + inside + tail, text: textOf(inside), pauseMs });
    inside = '';
  }

  for (const [token, time, closing, single] of markup.slice(head.length, markup.length - tail.length).matchAll(TOKEN)) {
    if (time !== undefined && depth === 0 && Number(time) >= SENTENCE_BREAK) cut(Number(time));
    else inside += token;
    if (token.startsWith('<') && time === undefined && !single) depth += closing ? -1 : 1;
  }
  cut(0);
  return pieces;
}

/** What is said, without its markup: the same words whatever the voice. */
export const textOf = (markup: string): string => markup.replace(/<[^>]*>/g, '').trim();
