import { useState } from 'react';

const KEY = 'jialiban.notes.';
const KEPT_MS = 2 * 86_400_000;

interface Kept {
  text: string;
  at: number;
}

/** Notes of a call as they are being written: kept in this browser until the outcome is sent, so that a closed tab loses none. */
export function useNotes(call: string): [string, (text: string) => void] {
  const [notes, setNotes] = useState(() => read(call));
  const write = (text: string) => {
    setNotes(text);
    if (text) localStorage.setItem(KEY + call, JSON.stringify({ text, at: Date.now() } satisfies Kept));
    else forgetNotes(call);
  };
  return [notes, write];
}

/** They are with the server now. */
export function forgetNotes(call: string): void {
  localStorage.removeItem(KEY + call);
}

/** What nobody came back for does not lie in a shared computer for ever. */
export function sweepNotes(now = Date.now()): void {
  for (const key of Object.keys(localStorage)) {
    if (!key.startsWith(KEY)) continue;
    const kept = parse(localStorage.getItem(key));
    if (!kept || now - kept.at > KEPT_MS) localStorage.removeItem(key);
  }
}

const read = (call: string): string => parse(localStorage.getItem(KEY + call))?.text ?? '';

function parse(text: string | null): Kept | undefined {
  try {
    return text === null ? undefined : (JSON.parse(text) as Kept);
  } catch {
    return undefined;
  }
}
