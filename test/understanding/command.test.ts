/** `npm run understand` as a program: JSON lines in, JSON lines out, in order. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..', '..');

function run(input: string, ...args: string[]) {
  const tsx = join(root, 'node_modules', 'tsx', 'dist', 'cli.mjs');
  return spawnSync(process.execPath, [tsx, join(root, 'src', 'tools', 'understand.ts'), ...args], {
    input,
    encoding: 'utf8',
    timeout: 110_000,
  });
}

describe('the understand command', { timeout: 120_000 }, () => {
  it('answers each line in its place, the bad ones with an error', () => {
    const lines = [
      JSON.stringify({
        text: '礼拜三',
        now: '2026-11-23T09:30:00+08:00',
        locale: 'zh-CN',
        expecting: { errand: 'pickup', asking: 'date', item: '老年优待证' },
      }),
      'not json',
      '',
      JSON.stringify({ texts: 1 }),
      JSON.stringify({ text: '算了', now: 'yesterday' }),
      JSON.stringify({ text: '算了' }),
      JSON.stringify({ text: 'say it again', locale: 'en-US' }),
    ];
    const { stdout, status } = run(`${lines.join('\n')}\n`);
    const answers = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { error?: string; intent?: string });
    expect(status).toBe(0);
    expect(answers).toHaveLength(lines.length);
    expect(answers[0]).toMatchObject({ intent: 'pickup.book', slots: { date: '2026-11-25' }, decision: 'accept' });
    expect(answers.map((a) => a.error !== undefined)).toEqual([false, true, true, true, true, false, false]);
    expect(answers.slice(5).map((a) => a.intent)).toEqual(['cancel', 'repeat']);
  });

  it('explains one sentence', () => {
    const { stdout, status } = run('', '--', '老年证怎么办');
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      intent: 'guide.lookup',
      candidates: expect.any(Array),
      values: expect.any(Array),
    });
  });
});
