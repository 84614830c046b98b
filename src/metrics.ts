/** Counters for whoever keeps it running. Labels are names of ours: never a device, a person or a word that was said. */
import { Counter, Gauge, Registry } from 'prom-client';
import type { Seen } from './turn.ts';

/** A registry of its own, so that two applications in one process do not count into each other. */
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
  const deliveries = new Counter({
    name: 'jialiban_deliveries_total',
    help: 'Messages of the outbox by destination: sent, later (will be tried again), dead (given up), wait.',
    labelNames: ['destination', 'outcome'] as const,
    registers,
  });
  return {
    registry,
    delivery: (destination: string, outcome: string) => deliveries.inc({ destination, outcome }),
    /** Asked at each scrape: what waits (also for a connector that is not there) and what was given up. */
    outbox: (read: () => Promise<OutboxCount[]>) => addOutboxGauge(registers, read),
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

interface OutboxCount {
  destination: string;
  waiting: number;
  dead: number;
}

function addOutboxGauge(registers: Registry[], read: () => Promise<OutboxCount[]>): void {
  new Gauge({
    name: 'jialiban_outbox_messages',
    help: 'Messages that are not sent, by destination and state: waiting or dead.',
    labelNames: ['destination', 'state'] as const,
    registers,
    async collect() {
      const counts = await read().catch(() => undefined); // a database that is down must not hide the other figures
      if (!counts) return;
      this.reset();
      for (const { destination, waiting, dead } of counts) {
        this.set({ destination, state: 'waiting' }, waiting);
        this.set({ destination, state: 'dead' }, dead);
      }
    },
  });
}
