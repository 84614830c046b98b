/** A spoken Chinese sentence as units: one a character, punctuation kept as breaks, mishearings put right where their neighbours allow it. */
import type { Units } from '../grammar/match.ts';
import { longestAt, type Table } from '../words.ts';
import { foldOf, isHan, type Pinyin, syllableOf } from './pinyin.ts';

export interface ChineseUnits extends Units {
  /** One character a unit. */
  text: string;
  /** 1: punctuation or a pause stood before the unit. */
  pause: Uint8Array;
  /** 1: a hesitation; the classifier does not see it. */
  noise: Uint8Array;
}

export interface Misheard {
  heard: string;
  means: string;
  near: string[];
}

export interface Fillers {
  hesitation: Table<true>;
  light: Table<true>;
  particles: Set<string>;
  negations: Set<string>;
  notNegations: Table<true>;
  misheard: Table<Misheard>;
}

const LIMIT = 500;
const LIGHT = 0.12;
const PARTICLE = 0.25;
const NEGATION = 1.5;
const NOISE = 0.02;
const BETWEEN_DIGITS = new Set(['-', '/', ':', '.', '、']);

function isDigit(char: string | undefined): boolean {
  return char !== undefined && char >= '0' && char <= '9';
}

/** Letters, digits and characters of at most 500 UTF-16 units, in lower case, with the pauses before them. */
function characters(said: string): { text: string; pauses: number[] } {
  const source = said.slice(0, LIMIT).normalize('NFKC').slice(0, LIMIT).toLowerCase();
  let text = '';
  const pauses: number[] = [];
  for (let i = 0; i < source.length; i++) {
    const char = source[i] as string;
    const kept = isHan(source.charCodeAt(i)) || isDigit(char) || (char >= 'a' && char <= 'z') || char === '〇';
    if (kept || (BETWEEN_DIGITS.has(char) && isDigit(source[i - 1]) && isDigit(source[i + 1]))) text += char;
    else pauses.push(text.length);
  }
  return { text, pauses };
}

function putRight(text: string, table: Table<Misheard>): { text: string; literal: number[] } {
  let out = '';
  const literal: number[] = [];
  for (let i = 0; i < text.length; ) {
    const hit = longestAt(table, text, i);
    if (!hit) {
      out += text[i];
      i += 1;
      continue;
    }
    const { means, near } = hit.value;
    const applies = near.length === 0 || near.some((word) => text.includes(word));
    if (!applies || means === hit.word) for (let k = i; k < hit.end; k++) literal.push(k);
    out += applies ? means : hit.word;
    i = hit.end;
  }
  return { text: out, literal };
}

function weigh(units: ChineseUnits, fillers: Fillers): void {
  const { text, weight, noise } = units;
  for (let i = 0; i < text.length; i++) {
    const char = text[i] as string;
    weight[i] = BETWEEN_DIGITS.has(char)
      ? NOISE
      : fillers.particles.has(char)
        ? PARTICLE
        : fillers.negations.has(char)
          ? NEGATION
          : 1;
    if (i > 0 && char === text[i - 1] && !isDigit(char)) weight[i] = LIGHT;
  }
  for (let i = 0; i < text.length; ) {
    const spared = longestAt(fillers.notNegations, text, i);
    if (spared) {
      for (let k = i; k < spared.end; k++) if (fillers.negations.has(text[k] as string)) weight[k] = 0.6;
      i = spared.end;
      continue;
    }
    const hesitation = longestAt(fillers.hesitation, text, i);
    const light = longestAt(fillers.light, text, i);
    const end = Math.max(hesitation?.end ?? 0, light?.end ?? 0);
    const isNoise = hesitation !== undefined && hesitation.end >= (light?.end ?? 0);
    for (let k = i; k < end; k++) {
      weight[k] = isNoise ? NOISE : LIGHT;
      if (isNoise) noise[k] = 1;
    }
    i = Math.max(end, i + 1);
  }
}

/** Cuts a sentence into units. */
export function chineseUnits(said: string, pinyin: Pinyin, fillers: Fillers): ChineseUnits {
  const raw = characters(said);
  const { text, literal } = putRight(putRight(raw.text, fillers.misheard).text, fillers.misheard); // the second time a first repair may be the neighbour
  const n = text.length;
  const units: ChineseUnits = {
    text,
    length: n,
    word: new Int32Array(n),
    syllable: new Int32Array(n),
    fold: new Int32Array(n),
    weight: new Float32Array(n),
    literal: new Uint8Array(n),
    pause: new Uint8Array(n + 1),
    noise: new Uint8Array(n),
  };
  for (let i = 0; i < n; i++) {
    const code = text.charCodeAt(i);
    units.word[i] = code;
    units.syllable[i] = syllableOf(pinyin, code);
    units.fold[i] = foldOf(pinyin, code);
  }
  for (const i of raw.pauses) units.pause[i] = 1;
  for (const i of literal) units.literal[i] = 1;
  weigh(units, fillers);
  return units;
}
