/** What was measured, as a table for people and a file for machines. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import type { Result } from './measure.ts';

export interface Report {
  scenario: string;
  /** What the figures are, `CPU µs a turn`. */
  unit: string;
  results: Result[];
  /** Engine, sizes: what one has to know to read the figures. */
  notes: string[];
  /** Of single events, not of blocks: their p95 tells more than the least. */
  percentiles?: boolean;
}

const folder = join(import.meta.dirname, 'results');

/** Keeps the report as results/<scenario>.json and prints its table. Only the ratios mean anything on another machine. */
export function tell(report: Report, quick: boolean): void {
  const machine = { node: process.version, platform: `${process.platform} ${process.arch}`, cpus: cpus().length };
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${report.scenario}${quick ? '.quick' : ''}.json`);
  writeFileSync(file, `${JSON.stringify({ ...report, quick, at: new Date().toISOString(), machine }, null, 2)}\n`);
  process.stdout.write(`\n${report.scenario} (${report.unit})\n${table(report)}\n`);
  for (const note of report.notes) process.stdout.write(`  ${note}\n`);
}

function table({ results, percentiles }: Report): string {
  const rows = [
    percentiles ? ['', 'p50', 'p95', 'most', 'ratio'] : ['', 'median', 'least', 'most', 'ratio'],
    ...results.map(({ name, median, least, most, ratio, blocks }) => [
      name,
      ...[median, percentiles ? percentile(blocks, 95) : least, most].map(short),
      `${ratio.toFixed(2)}×`,
    ]),
  ];
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  const pad = (text: string, column: number) =>
    column === 0 ? text.padEnd(widths[column] ?? 0) : text.padStart(widths[column] ?? 0);
  return rows.map((row) => `  ${row.map(pad).join('  ')}`).join('\n');
}

/** The figure that so many of a hundred do not exceed. */
export function percentile(figures: number[], share: number): number {
  const sorted = [...figures].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * share) / 100))] ?? Number.NaN;
}

const short = (figure: number) => (figure >= 100 ? figure.toFixed(0) : figure.toFixed(2));
