/** Subjects measured side by side: block by block in turn, so that what the machine does meanwhile falls on all of them alike. */

export interface Subject {
  name: string;
  /** Does the work `times` times and tells the figure of one: CPU microseconds, milliseconds, … */
  block(times: number): Promise<number>;
}

export interface Result {
  name: string;
  median: number;
  least: number;
  most: number;
  /** Of the medians, to the first subject's. */
  ratio: number;
  /** The figure of each block. */
  blocks: number[];
}

export interface Amount {
  /** Blocks of each subject that count. */
  rounds: number;
  /** Work in one block. */
  times: number;
  /** Blocks before, that do not count. */
  warmUp: number;
}

/** Runs A B C, then C B A, and so on: whoever comes first does not always come first. */
export async function interleaved(subjects: Subject[], { rounds, times, warmUp }: Amount): Promise<Result[]> {
  const figures = new Map(subjects.map(({ name }) => [name, [] as number[]]));
  for (let round = -warmUp; round < rounds; round++) {
    const order = round % 2 === 0 ? subjects : [...subjects].reverse();
    for (const { name, block } of order) {
      const figure = await block(times);
      if (round >= 0) figures.get(name)?.push(figure);
    }
  }
  const first = median(figures.get(subjects[0]?.name ?? '') ?? []);
  return [...figures].map(([name, blocks]) => ({
    name,
    median: median(blocks),
    least: Math.min(...blocks),
    most: Math.max(...blocks),
    ratio: median(blocks) / first,
    blocks,
  }));
}

export function median(figures: number[]): number {
  const sorted = [...figures].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}
