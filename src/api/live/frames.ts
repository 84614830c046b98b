/** Frames of a console, read and checked before anything is done with them. */
import { Compile } from 'typebox/compile';
import { IN, type InFrame } from '../../calls/wire.ts';

const CHECKS = new Map(Object.entries(IN).map(([type, schema]) => [type, Compile(schema)]));

/** Undefined when it is none of ours; never throws. */
export function readFrame(text: string): InFrame | undefined {
  const value = parsed(text) as { type?: unknown } | undefined;
  const check = typeof value?.type === 'string' ? CHECKS.get(value.type) : undefined;
  return check?.Check(value) ? (value as unknown as InFrame) : undefined;
}

function parsed(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
