/** What the interface answers about the fleet, as far as the page shows it. */
import type { Ref, Row, Speaker } from '../rest/records.ts';

export interface Settings {
  volume: number;
  pace: number;
  quietFrom: string;
  quietUntil: string;
  reportedVolume: number | null;
}

export interface SpeakerDetail extends Speaker {
  settings: Settings;
  waitsForCode: boolean;
  history: { at: string; what: string; whatText: string; by: Ref | null }[];
}

export interface Building {
  community: string;
  building: string;
  bound: number;
  own: number;
  online: number;
  silent: number;
}

export interface FleetNow {
  statuses: Record<string, number>;
  own: number;
  online: number;
  silent: number;
  alarms: number;
  firmware: { version: string | null; count: number }[];
  buildings: Building[];
}

export interface FleetHistory {
  pulses: { at: string; bound: number; online: number }[];
  failures: { day: string; turns: number; failures: number; connects: number }[];
}

export interface Alarm extends Row {
  kind: 'silent' | 'failing';
  kindText: string;
  speaker: Ref & { deviceId: string };
  household: Ref | null;
  since: string;
  lastSeenAt: string | null;
  note: string | null;
  notedBy: Ref | null;
  notedAt: string | null;
  closedAt: string | null;
}

export interface Household extends Row {
  name: string;
  community: string;
  building: string;
  unit: string;
  residents: { id: string; called: string }[];
}
