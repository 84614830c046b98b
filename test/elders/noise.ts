/** From what she means to what is heard: the noise model of noise.yaml, drawn by the seed. */
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { Random } from './random.ts';

type Pair = [string, string];
export interface Habits {
  silent?: number;
  waits?: number;
  hesitates?: number;
  homophone?: number;
  before?: number;
  after?: number;
  story?: number;
  wrongFirst?: number;
  dialect?: number;
  unheard?: number;
  mumbles?: number;
  television?: number;
  drops?: number;
}
export interface NoiseModel {
  homophones: Pair[];
  dialect: Pair[];
  hesitations: string[];
  before: string[];
  after: string[];
  story: string[];
  television: string[];
  unheard: string[];
  mumbles: string[];
  elders: Record<string, Habits>;
}

export const loadNoise = (): NoiseModel =>
  parse(readFileSync(new URL('noise.yaml', import.meta.url), 'utf8')) as NoiseModel;

/** One sentence as it is heard from this kind of elder. */
export function spoil(said: string, habits: Habits, model: NoiseModel, random: Random): string {
  let heard = said;
  if (random.chance(habits.dialect))
    heard = model.dialect.reduce((text, [from, to]) => text.replaceAll(from, to), heard);
  if (random.chance(habits.homophone)) heard = oneReplaced(heard, model.homophones, random);
  if (random.chance(habits.drops) && heard.length > 4) heard = withoutOne(heard, random);
  if (random.chance(habits.hesitates)) heard = `${random.pick(model.hesitations)}，${heard}`;
  if (random.chance(habits.story)) heard = `${random.pick(model.story)}，${heard}`;
  if (random.chance(habits.before)) heard = `${random.pick(model.before)}，${heard}`;
  if (random.chance(habits.after)) heard = `${heard}${random.pick(model.after)}`;
  return heard;
}

function oneReplaced(text: string, pairs: Pair[], random: Random): string {
  const fitting = pairs.filter(([from]) => text.includes(from));
  if (fitting.length === 0) return text;
  const [from, to] = random.pick(fitting);
  return text.replace(from, to);
}

function withoutOne(text: string, random: Random): string {
  const at = Math.floor(random.next() * text.length);
  return text.slice(0, at) + text.slice(at + 1);
}
