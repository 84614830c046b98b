/** Sittings of simulated elders over seeds, and the figures: how many failed turns are mended at the first retry. */
import type { StageParts } from '../conversations/home.ts';
import { goalsFor } from './goals.ts';
import { loadNoise } from './noise.ts';
import { seeded } from './random.ts';
import { type Sitting, sit } from './sit.ts';

export interface Figures {
  sittings: Sitting[];
  turns: number;
  failed: number;
  mended: number;
  /** Of failed turns, mended at the next; 1 where none failed. */
  firstRetry: number;
  /** Of sittings, those whose rows stand as she meant them. */
  holds: number;
}

/** Everybody wants everything once a seed. */
export async function elders(stage: StageParts, seeds: number[], only?: { goals?: string[] }): Promise<Figures> {
  const model = loadNoise();
  const sittings: Sitting[] = [];
  for (const seed of seeds) {
    for (const [index, [elder, habits]] of Object.entries(model.elders).entries()) {
      const random = seeded(seed * 1000 + index);
      const goals = goalsFor(random).filter(({ name }) => only?.goals?.includes(name) ?? true);
      for (const goal of goals) sittings.push(await sit(stage, { elder, habits, goal, model, random }));
    }
  }
  return figuresOf(sittings);
}

export function figuresOf(sittings: Sitting[]): Figures {
  const sum = (of: (one: Sitting) => number) => sittings.reduce((total, one) => total + of(one), 0);
  const [failed, mended] = [sum((one) => one.failed), sum((one) => one.mended)];
  return {
    sittings,
    turns: sum((one) => one.turns),
    failed,
    mended,
    firstRetry: failed === 0 ? 1 : mended / failed,
    holds: sum((one) => Number(one.holds)) / Math.max(1, sittings.length),
  };
}

const percent = (part: number) => `${(100 * part).toFixed(1)} %`;

/** A line a kind of elder, a line an errand, and the whole. */
export function printed(figures: Figures): string {
  const line = (name: string, { turns, failed, mended, firstRetry, holds, sittings }: Figures) =>
    `${name.padEnd(16)} ${String(sittings.length).padStart(4)} talks ${String(turns).padStart(5)} turns ${String(failed).padStart(4)} failed ` +
    `${String(mended).padStart(4)} mended at the first retry (${percent(firstRetry)}), rows right ${percent(holds)}`;
  const groups = (of: (one: Sitting) => string) =>
    [...new Set(figures.sittings.map(of))].map((name) =>
      line(name, figuresOf(figures.sittings.filter((one) => of(one) === name))),
    );
  return [...groups((one) => one.elder), '', ...groups((one) => one.goal), '', line('all', figures)].join('\n');
}
