/** Chinese as the reader uses it. */

import type { Model } from '../classify/model.ts';
import { createWeigher } from '../evidence.ts';
import type { Automaton } from '../grammar/automaton.ts';
import { choiceFrame, optionSaid } from '../options.ts';
import { type Span, stretchesOf } from '../spans.ts';
import type { Hearing, HearingContext, Tongue } from '../tongue.ts';
import { allIn, longestAt, type Table, wordsOf } from '../words.ts';
import { type ChineseSource, createChinese } from './language.ts';
import { createRefusal } from './refusal.ts';
import type { ChineseUnits } from './units.ts';

function weightOf(units: ChineseUnits, from: number, to: number): number {
  let sum = 0;
  for (let i = from; i < to; i++) sum += units.weight[i] as number;
  return sum;
}

/** The share of the sentence that lies within the spans, overlaps counted once. */
function shareOf(units: ChineseUnits, spans: readonly Span[]): number {
  const covered = new Uint8Array(units.length);
  for (const span of spans) covered.fill(1, span.start, span.end);
  let sum = 0;
  for (let i = 0; i < units.length; i++) if (covered[i]) sum += units.weight[i] as number;
  return sum / (weightOf(units, 0, units.length) || 1);
}

/** Makes the Chinese tongue. */
export function createChineseTongue(parts: { source: ChineseSource; automaton: Automaton; model: Model }): Tongue {
  const chinese = createChinese(parts.source);
  const weigh = createWeigher(parts.automaton, parts.model);
  const refusal = createRefusal(parts.source.stance, parts.source.lists);
  const denials = wordsOf(parts.source.stance.denials);
  const changes = wordsOf(parts.source.stance.changes);
  const agreements = wordsOf(parts.source.stance.agreements);
  const frame = choiceFrame(parts.source.lists.choiceOpens, parts.source.lists.choiceCloses);
  const mistakes = wordsOf(parts.source.stance.mistakes);
  const has = wordsOf(parts.source.stance.has);
  const lacks = wordsOf(parts.source.stance.lacks);
  const spared = wordsOf(parts.source.lists.notNegations);

  /** 不错 and 没问题 open no denial. */
  const denialAt = (text: string, at: number): boolean => {
    const end = longestAt(denials, text, at)?.end;
    return end !== undefined && end >= (longestAt(spared, text, at)?.end ?? 0);
  };

  const bringing = (text: string, opening: number): Hearing['bringing'] => {
    if (longestAt(lacks, text, opening)) return 'lacks';
    if (longestAt(has, text, opening)) return 'has';
    const last = [...allIn(lacks, text), ...allIn(has, text)].sort((a, b) => b.end - a.end)[0];
    return last && (longestAt(lacks, last.word, 0) ? 'lacks' : 'has');
  };

  function hear(text: string, context: HearingContext): Hearing {
    const units = chinese.units(text);
    const spans = chinese.scan(units, context);
    const kept = forgetSlips(units, spans);
    const stretches = stretchesOf(kept.filter((s) => !s.weak || s.slot !== 'place'));
    const evidence = weigh(units, stretches, chinese.tokens(units, kept), {
      asking: context.asking,
      errand: context.errand,
    });
    const opening = skipNoise(units);
    const denies = denialAt(units.text, opening);
    return {
      weight: weightOf(units, 0, units.length),
      spans,
      evidence,
      share: (of) => shareOf(units, of),
      keyword: (slot) => chinese.keyword(slot, units),
      option: (options) => optionSaid(text, options, frame),
      caseSlot: (value) => chinese.caseSlot(units, value),
      refused: refusal(units.text),
      changedFrom: lastEnd(changes, units.text),
      denies,
      agrees: !denies && longestAt(agreements, units.text, opening) !== undefined,
      mistaken: allIn(mistakes, units.text).length > 0,
      bringing: context.asking === 'checklist' ? bringing(units.text, opening) : undefined,
    };
  }

  return { hear, persons: chinese.persons };
}

function lastEnd(table: Table<true>, text: string): number | undefined {
  const hits = allIn(table, text);
  return hits[hits.length - 1]?.end;
}

const FORGOTTEN = 0.02;

/** 约后天，不对，大后天去取 is read as 约大后天去取: what was taken back weighs nothing. */
function forgetSlips(units: ChineseUnits, spans: Span[]): Span[] {
  const slips = spans.filter((span) => span.takesBack !== undefined);
  for (const slip of slips) {
    units.noise.fill(1, slip.takesBack, slip.start);
    units.weight.fill(FORGOTTEN, slip.takesBack, slip.start);
  }
  return spans.filter(
    (span) =>
      !slips.some((slip) => slip !== span && span.start >= (slip.takesBack as number) && span.end <= slip.start),
  );
}

function skipNoise(units: ChineseUnits): number {
  let i = 0;
  while (i < units.length && units.noise[i] === 1) i += 1;
  return i;
}
