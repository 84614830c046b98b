/** Counters for whoever keeps it running. Labels are names of ours: never a device, a person or a word that was said. */
import { Counter, Registry } from 'prom-client';
import type { Seen } from './turn.ts';

export function createMetrics() {
  const registry = new Registry();
  const registers = [registry];
  const turns = new Counter({
    name: 'jialiban_turns_total',
    help: 'Spoken turns by what was understood and what was answered.',
    labelNames: ['brand', 'intent', 'decision', 'phrase'] as const,
    registers,
  });
  const requests = new Counter({
    name: 'jialiban_brand_requests_total',
    help: 'Requests of speaker brands: answered, refused, failed.',
    labelNames: ['brand', 'outcome'] as const,
    registers,
  });
  const sessions = new Counter({
    name: 'jialiban_session_events_total',
    help: 'What happened to conversations beside the ordinary.',
    labelNames: ['event'] as const,
    registers,
  });
  return {
    registry,
    turn: ({ said, meaning, reply }: Seen) =>
      turns.inc({
        brand: said.brand,
        intent: meaning?.intent ?? said.kind,
        decision: meaning?.decision ?? 'accept',
        phrase: reply.phrase,
      }),
    request: (brand: string, outcome: string) => requests.inc({ brand, outcome }),
    session: (event: string) => sessions.inc({ event }),
  };
}

export type Metrics = ReturnType<typeof createMetrics>;
