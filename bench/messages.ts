/** Between a scenario and the process that is measured. */
import type { Secrets } from '../src/store/keys.ts';

export interface HostOptions {
  database: { url: string } | { dataDir: string };
  redisUrl: string;
  dataDir: string;
  secrets: Secrets;
  xiaoai: { appId: string; keyId: string; secret: string };
}

export interface Home {
  deviceId: string;
  userId: string;
}

export type FromHost = { type: 'ready'; port: number; engine: string; homes: Home[] } | { type: 'cpu'; micros: number };
export type ToHost = { type: 'start'; options: HostOptions } | { type: 'cpu' } | { type: 'stop' };
