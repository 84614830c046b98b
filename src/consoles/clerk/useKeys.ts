import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { Desk } from './useDesk.ts';

const STORED = 'jialiban.keys';
const DESK_KEYS: Record<string, Desk> = {
  '1': 'callbacks',
  '2': 'bookings',
  '3': 'cases',
  '4': 'visits',
  '5': 'tickets',
};

export interface Keys {
  on: boolean;
  set(on: boolean): void;
}

interface KeyActions {
  onDesk(desk: Desk): void;
  onHelp(): void;
}

/** Single-letter shortcuts. They can be turned off (WCAG 2.1.4), and sleep while she types or a dialog is open. */
export function useKeys({ onDesk, onHelp }: KeyActions): Keys {
  const queries = useQueryClient();
  const [on, setOn] = useState(() => localStorage.getItem(STORED) !== 'off');
  useEffect(() => {
    if (!on) return;
    const pressed = (event: KeyboardEvent) => {
      if (isBusy(event)) return;
      const { key } = event;
      const desk = DESK_KEYS[key];
      if (pressInCall(key)) {
        // the telephone comes first: nothing else has this letter meanwhile
      } else if (desk) {
        onDesk(desk);
        requestAnimationFrame(() => focusRow(document.getElementById(`desk-${desk}`), 0));
      } else if (key === '?') onHelp();
      else if (key === 'r') void queries.invalidateQueries({ queryKey: ['list'] });
      else if (key === 'j') step(1);
      else if (key === 'k') step(-1);
      else if (key === '/')
        document.querySelector<HTMLInputElement>('.desk:not([hidden]) input[type="search"]')?.focus();
      else if (!pressInRow(key)) return;
      event.preventDefault();
    };
    addEventListener('keydown', pressed);
    return () => removeEventListener('keydown', pressed);
  }, [on, onDesk, onHelp, queries]);
  return {
    on,
    set(wanted) {
      localStorage.setItem(STORED, wanted ? 'on' : 'off');
      setOn(wanted);
    },
  };
}

function isBusy({ target, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean {
  if (ctrlKey || metaKey || altKey) return true;
  if ([...document.querySelectorAll('[role="dialog"]')].some((dialog) => dialog.checkVisibility())) return true;
  return target instanceof HTMLElement && target.closest('input, textarea, select, [role="combobox"]') !== null;
}

function rowsOf(desk: Element | null): HTMLElement[] {
  return [...(desk?.querySelectorAll<HTMLElement>('[data-row]') ?? [])];
}

function focusRow(desk: Element | null, index: number) {
  const rows = rowsOf(desk);
  const row = rows[Math.max(0, Math.min(rows.length - 1, index))];
  (row ?? (desk as HTMLElement | null))?.focus();
}

function step(by: number) {
  const row = document.activeElement?.closest('[data-row]');
  const desk = document.activeElement?.closest('.desk') ?? document.getElementById('desk-callbacks');
  const at = row ? rowsOf(desk).indexOf(row as HTMLElement) : -by;
  focusRow(desk, row ? at + by : 0);
}

/** What rings, the call and its outcome say which letter presses them: `data-call-key`. */
function pressInCall(key: string): boolean {
  if (!/^[a-zA-Z0-9]$/.test(key)) return false;
  const button = document.querySelector<HTMLButtonElement>(`[data-call-key="${key}"]:not(:disabled)`);
  button?.click();
  return button !== null;
}

/** Each row says which of its buttons a letter presses: `data-key`. */
function pressInRow(key: string): boolean {
  if (!/^[a-z]$/.test(key)) return false;
  const row = document.activeElement?.closest('[data-row]');
  const button = row?.querySelector<HTMLButtonElement>(`[data-key="${key}"]:not(:disabled)`);
  button?.click();
  return button !== null && button !== undefined;
}
